import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { Kbd } from '#renderer/components/kbd.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { BrandMark } from '#renderer/components/brand-mark.tsx';
import { useWriteRecordsMutation } from '#renderer/store/calls/records-api.ts';
import { normalised, valueProblems } from '#renderer/store/editing/value-problems.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useNow } from '#renderer/store/use-now.ts';
import {
  fieldsOf,
  GroupFields,
  useAuthorWords,
  useFieldText,
  useGroupForm,
} from '../editing/index.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import { useConflictSentence } from './conflict-sentence.ts';
import { useRecordName } from './record-name.ts';
import {
  SettledAlready,
  SettledByNewer,
  SettleFoot,
  SettleHead,
  SettlePage,
} from './settle-frame.tsx';
import { useWhoSettles } from './use-settlers.ts';
import { VersionCard } from './version-card.tsx';
import { bothTogether, canKeepBoth, differingFields, versionsToSettle } from './versions.ts';

export type SettleGroupProps = {
  readonly view: ClientView;
  readonly record: RecordView;
  readonly group: string;
  readonly directory: Directory;
  /** Leaves the view; decides nothing. */
  readonly onClose: () => void;
};

const joint = 'joint';

/** Two or more versions of one group, side by side, until somebody decides. */
export const SettleGroup = (props: SettleGroupProps) => {
  const { record, group, onClose } = props;
  const view = record.groups[group];
  if (view?.state !== 'conflict') return <SettledAlready onClose={onClose} />;
  return view.newer ? <SettledByNewer onClose={onClose} /> : <Versions {...props} />;
};

const Versions = ({ view, record, group, directory, onClose }: SettleGroupProps) => {
  const { t, i18n } = useTranslation(['conflict', 'records']);
  const now = useNow();
  const authors = useAuthorWords(directory);
  const sentence = useConflictSentence(directory);
  const problemWords = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const textOf = useFieldText(view, directory);
  const nameOf = useRecordName(view, directory);
  const whoSettles = useWhoSettles(view, directory);
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const [chosen, setChosen] = useState<string>(joint);
  const groupView = record.groups[group];
  const versions = useMemo(() => versionsToSettle(groupView, ownId), [groupView, ownId]);

  const { kind, compartment } = record;
  const target = useMemo(
    () => ({ caseId: view.caseId, recordId: record.id, kind, compartment, group }),
    [view.caseId, record.id, kind, compartment, group],
  );
  const form = useGroupForm(target, record, { writesItself: false });
  const differing = useMemo(
    () => (versions ? differingFields(kind, group, versions) : new Set<string>()),
    [versions, kind, group],
  );
  if (!versions) return undefined;
  const { heads, ancestor } = versions;
  const specs = fieldsOf(kind, group);
  const origin = ancestor ? (ancestor.value as JsonObject) : null;
  const { name, title } = nameOf(record.id);
  const whyNot = whoSettles(kind, group);

  const picked = heads.find((head) => head.changeId === chosen);
  const value = normalised(picked ? picked.value : form.value);
  const problems = picked ? {} : valueProblems(kind, group, value);
  const problemField = Object.values(problems)[0];

  const settle = async (): Promise<void> => {
    if (isLoading || problemField !== undefined || whyNot !== null) return;
    const result = await write({
      caseId: view.caseId,
      edits: [
        {
          recordId: record.id,
          kind,
          compartment,
          group,
          value: { ...value },
          basedOn: heads.map((head) => head.changeId),
        },
      ],
    });
    if (result.error !== undefined) return;
    form.discard();
    onClose();
  };

  const keepLabel = (changeId: string): string => {
    const head = heads.find((each) => each.changeId === changeId);
    if (!head) return t('keepThis');
    return authors.isMine(head)
      ? t('keepMine')
      : t('keepTheirs', { name: directory.nameOf(head.authorId) ?? authors.name(head) });
  };

  return (
    <SettlePage onDone={() => void settle()} onClose={onClose}>
      <SettleHead title={t('title', { count: heads.length, what: name })} what={title}>
        {sentence(heads)} {t('explain')}
      </SettleHead>
      {whyNot !== null && (
        <Banner tone="info" shape="box" icon="lock">
          {whyNot}
        </Banner>
      )}
      <section className="card settle-origin" aria-label={t('origin')}>
        <b className="nowrap">
          {ancestor
            ? t('originAt', {
                moment: formatMoment(ancestor.time, now, languageOf(i18n.language)),
              })
            : t('origin')}
        </b>
        <span className="grow">
          {ancestor ? (
            specs
              .map((spec) => ({ spec, text: textOf(spec, ancestor.value as JsonObject) }))
              .filter(({ text }) => text !== '')
              .map(({ spec, text }) => (
                <span key={spec.name} className="settle-origin-field">
                  <span className="muted">{t(`records:field.${spec.label}`)}:</span>{' '}
                  <PlainText text={text} multiline />
                </span>
              ))
          ) : (
            <span className="muted">{t('noOrigin')}</span>
          )}
        </span>
        {ancestor && (
          <span className="word-diff text-xs muted nowrap">
            {t('legend')} <ins>{t('diff.added')}</ins> <del>{t('diff.removed')}</del>
          </span>
        )}
      </section>
      <div
        className="settle-versions"
        role={whyNot === null ? 'radiogroup' : 'group'}
        aria-label={t('title', { count: heads.length, what: name })}
      >
        {heads.map((head) => (
          <VersionCard
            key={head.changeId}
            version={head}
            title={
              authors.isMine(head)
                ? t('yours')
                : t('theirs', { name: directory.nameOf(head.authorId) ?? authors.name(head) })
            }
            note={t('by', { name: authors.name(head), moment: authors.moment(head, now) })}
            specs={specs}
            differing={differing}
            origin={origin}
            textOf={textOf}
            isChosen={whyNot === null && chosen === head.changeId}
            footer={
              whyNot === null && (
                <label className="settle-choice">
                  <input
                    type="radio"
                    name="settle"
                    checked={chosen === head.changeId}
                    onChange={() => setChosen(head.changeId)}
                  />
                  {keepLabel(head.changeId)}
                </label>
              )
            }
          />
        ))}
        {whyNot === null && (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- writing chooses
          <section
            className={chosen === joint ? 'version card version-chosen' : 'version card'}
            aria-label={t('joint')}
            onFocus={(event) => {
              if (event.target.closest('.version-fields')) setChosen(joint);
            }}
          >
            <header className="version-head">
              <BrandMark size={22} tile />
              <span>
                <b>{t('joint')}</b>
                <br />
                <span className="muted text-s">{t('jointNote')}</span>
              </span>
            </header>
            <div className="version-fields">
              {canKeepBoth(kind, group, heads) && (
                <p>
                  <Button
                    icon="plus"
                    onPress={() => {
                      setChosen(joint);
                      form.set(bothTogether(kind, group, heads));
                    }}
                  >
                    {t('both')}
                  </Button>
                </p>
              )}
              <GroupFields form={form} surroundings={{ view, directory }} />
            </div>
            <footer className="version-foot">
              <label className="settle-choice">
                <input
                  type="radio"
                  name="settle"
                  checked={chosen === joint}
                  onChange={() => setChosen(joint)}
                />
                {t('writeJoint')}
              </label>
            </footer>
          </section>
        )}
      </div>
      <SettleFoot
        problems={[
          ...(problemField === undefined ? [] : [fieldWords(problemField)]),
          ...(error === undefined ? [] : [problemWords(problemOf(error))]),
        ]}
        onClose={onClose}
      >
        {whyNot === null && (
          <Button variant="fork" isPending={isLoading} onPress={() => void settle()}>
            {picked ? keepLabel(picked.changeId) : t('settleJoint')} <Kbd keys="Ctrl ↵" />
          </Button>
        )}
      </SettleFoot>
    </SettlePage>
  );
};
