import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { bringEdits, canBeCommon, partEdit, partOf } from '#shared/domain/family/common-rows.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { useWriteRecordsMutation } from '#renderer/store/calls/records-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useProblemWords } from '../problems/index.ts';
import { DifferenceList } from './difference-list.tsx';
import type { CommonRow } from './family.ts';
import { PutDialog } from './put-dialog.tsx';
import type { Family } from './use-family.ts';

export type CommonNoteProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly record: RecordView;
  /** What the row hangs on. */
  readonly parent: RecordView | undefined;
  readonly family: Family;
};

type OneProps = Pick<CommonNoteProps, 'view' | 'directory' | 'record'> & {
  readonly common: CommonRow;
};

/** The row in one sibling's plan: the same, or where it differs and the key that brings the words there. */
const InSibling = ({ view, directory, record, common }: OneProps) => {
  const { t } = useTranslation('family');
  const words = useProblemWords();
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const { sibling, row, differences } = common;
  const edits = bringEdits(record, row);
  const place = useRef<HTMLLIElement>(null);
  const bring = async (): Promise<void> => {
    const done = await write({
      caseId: sibling.caseId,
      edits: edits.map((each) => each as Edit),
    });
    // What was pressed is gone when nothing differs any more.
    if (done.error === undefined) place.current?.focus();
  };
  return (
    <li className="family-sibling" ref={place} tabIndex={-1}>
      <span className="row row-wrap">
        <TextLink href={clientHref(sibling.caseId, 'plan', { recordId: row.id })}>
          <PlainText text={sibling.name} />
        </TextLink>
        {differences.length === 0 ? (
          <Tag tone="ok">{t('same')}</Tag>
        ) : (
          <Tag tone="warn" icon="alert">
            {t('differs')}
          </Tag>
        )}
      </span>
      <DifferenceList
        view={view}
        directory={directory}
        kind={record.kind}
        name={sibling.name}
        differences={differences}
      />
      {edits.length > 0 &&
        (sibling.mayWrite ? (
          <Button isPending={isLoading} onPress={() => void bring()}>
            {t('bring', { name: sibling.name })}
          </Button>
        ) : (
          <p className="muted text-s">{t('hindrance.read-only')}</p>
        ))}
      {error !== undefined && (
        <Banner tone="bad" shape="box" announce="assertive">
          {words(problemOf(error))}
        </Banner>
      )}
    </li>
  );
};

/** What a row has in common with the siblings' plans; nothing at all for whoever sees one child alone. */
export const CommonNote = ({ view, directory, record, parent, family }: CommonNoteProps) => {
  const { t } = useTranslation('family');
  const [isPutting, setPutting] = useState(false);
  const [write, { isLoading }] = useWriteRecordsMutation();
  const place = useRef<HTMLElement>(null);
  const { siblings } = family;
  const common = family.common.get(record.id) ?? [];
  if (siblings.length === 0 || !canBeCommon(record)) return undefined;
  const keepApart = async (): Promise<void> => {
    const edits = [partEdit(record, false) as Edit];
    const done = await write({ caseId: view.caseId, edits });
    if (done.error === undefined) place.current?.focus();
  };
  return (
    <section className="family-note" aria-label={t('note')} ref={place} tabIndex={-1}>
      <h3>{t('note')}</h3>
      {common.length > 0 && (
        <ul className="family-siblings">
          {common.map((each) => (
            <InSibling
              key={each.sibling.caseId}
              view={view}
              directory={directory}
              record={record}
              common={each}
            />
          ))}
        </ul>
      )}
      <span className="row row-wrap">
        <Button icon="people" onPress={() => setPutting(true)}>
          {t('put.open')}
        </Button>
        {partOf(record) !== null && common.length > 0 && (
          <Button variant="flat" isPending={isLoading} onPress={() => void keepApart()}>
            {t('keepApart')}
          </Button>
        )}
      </span>
      {isPutting && (
        <PutDialog
          view={view}
          record={record}
          parent={parent}
          siblings={siblings}
          onClose={() => setPutting(false)}
        />
      )}
    </section>
  );
};
