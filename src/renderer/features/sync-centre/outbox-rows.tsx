import { useTranslation } from 'react-i18next';
import type { OutboxRowView } from '#shared/contract/views.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { useDismissRefusedMutation } from '#renderer/store/calls/sync-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref, tabOfKind } from '#renderer/store/route.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { fieldsOf, type FieldSpec, useFieldText } from '../editing/index.ts';

/** What a change wrote, in words. References to other rows are told only where the client is open. */
export const textsOf = (
  row: OutboxRowView,
  textOf: (spec: FieldSpec, value: JsonObject) => string,
): readonly { readonly spec: FieldSpec; readonly text: string }[] =>
  fieldsOf(row.kind, row.group)
    .filter((spec) => spec.type !== 'record')
    .map((spec) => ({ spec, text: textOf(spec, row.value as JsonObject) }))
    .filter(({ text }) => text !== '');

/** The words for why the region did not take a change, or the general ones for a code they do not know. */
const refusalWords = (code: string | null): readonly [string, string] => [
  `problems:refused.${code ?? 'unknown'}`,
  'problems:refused.unknown',
];

/** Whose, of what and when. */
export const RowHead = ({ row }: { readonly row: OutboxRowView }) => {
  const { t, i18n } = useTranslation(['sync', 'records']);
  const now = useNow();
  return (
    <span>
      {row.clientName === null ? (
        <b>{t('clientGone')}</b>
      ) : (
        <TextLink href={clientHref(row.caseId, tabOfKind(row.kind), { recordId: row.recordId })}>
          <PlainText text={row.clientName} />
        </TextLink>
      )}{' '}
      · {t([`records:kind.${row.kind}`, 'records:kind.unknown'])} ·{' '}
      {t([`records:group.${row.kind}.${row.group}`, 'records:group.unknown'])}{' '}
      <span className="muted">{formatMoment(row.time, now, languageOf(i18n.language))}</span>
    </span>
  );
};

/** What somebody wrote, field by field. */
export const WordsOf = ({ texts }: { readonly texts: ReturnType<typeof textsOf> }) => {
  const { t } = useTranslation('records');
  return (
    <dl className="sync-text">
      {texts.map(({ spec, text }) => (
        <div key={spec.name}>
          <dt>{t(`field.${spec.label}`)}</dt>
          <dd>
            <PlainText text={text} multiline />
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** What the region did not accept: its text stays until one lets go of it. */
export const RefusedRow = ({
  row,
  directory,
}: {
  readonly row: OutboxRowView;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation(['sync', 'records', 'problems']);
  const textOf = useFieldText(null, directory);
  const [dismiss, { isLoading }] = useDismissRefusedMutation();
  return (
    <li>
      <Icon name="alert" size={15} />
      <div className="grow">
        <RowHead row={row} />
        <p>{t([...refusalWords(row.code)])}</p>
        <WordsOf texts={textsOf(row, textOf)} />
      </div>
      <Button isPending={isLoading} onPress={() => void dismiss({ changeId: row.changeId })}>
        {t('dismiss')}
      </Button>
    </li>
  );
};

/** What waits to reach the region. Contact details are not told here: some are under a restraint. */
export const WaitingRow = ({
  row,
  directory,
}: {
  readonly row: OutboxRowView;
  readonly directory: Directory;
}) => {
  const textOf = useFieldText(null, directory);
  const isContact = row.kind === 'contact';
  const [first] = isContact ? [] : textsOf(row, textOf);
  return (
    <li>
      <span className="grow">
        <RowHead row={row} />
      </span>
      <span className="sync-waiting-text cut muted" title={first?.text ?? ''}>
        {first && <PlainText text={first.text} />}
      </span>
    </li>
  );
};
