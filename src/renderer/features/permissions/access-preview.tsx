import { useTranslation } from 'react-i18next';
import type { CallInput } from '#shared/contract/calls.ts';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { usePreviewAccessQuery } from '#renderer/store/calls/records-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';
import { useGroundWords } from './ground-words.ts';
import { byPerson, type PreviewRow } from './preview-rows.ts';
import { useSettledValue } from './use-settled-value.ts';
import './permissions.css';

export type AccessPreviewProps = {
  /** Null while what is typed does not say anything yet. */
  readonly asked: CallInput<'access.preview'> | null;
  readonly directory: Directory;
};

/** Notes that weigh more than a word of advice. */
const warnings: ReadonlySet<string> = new Set(['over-joint-service', 'already-over']);

const Rows = ({
  title,
  rows,
  directory,
}: {
  readonly title: string;
  readonly rows: readonly PreviewRow[];
  readonly directory: Directory;
}) => {
  const { t } = useTranslation(['permissions', 'records']);
  const words = useGroundWords();
  if (rows.length === 0) return undefined;
  return (
    <section className="access-preview-part" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {rows.map(({ personId, compartments }) => (
          <li key={personId}>
            <ProfessionName
              profession={directory.professionOf(personId)}
              person={directory.nameOf(personId) ?? t('records:someone')}
              withProfession
            />
            <span className="access-preview-parts">
              {compartments.map((compartment) => words.part(compartment)).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What writing this would open and close, and for whom, before it is written. */
export const AccessPreview = ({ asked, directory }: AccessPreviewProps) => {
  const { t } = useTranslation('permissions');
  const problemWords = useProblemWords();
  const settled = useSettledValue(asked);
  const { currentData, error, isFetching } = usePreviewAccessQuery(
    settled ?? { caseId: '', kind: 'permission', recordId: '', value: null },
    { skip: settled === null, refetchOnMountOrArgChange: true },
  );
  const isPending = settled !== asked || isFetching;
  const preview = settled === null ? undefined : currentData;
  const opens = byPerson(preview?.opens ?? []);
  const closes = byPerson(preview?.closes ?? []);
  const notes = preview?.notes ?? [];
  const changesNothing =
    opens.length === 0 && closes.length === 0 && !notes.includes('nobody-concerned');
  return (
    <section className="access-preview" aria-label={t('preview.title')} aria-busy={isPending}>
      <h2>{t('preview.title')}</h2>
      <div role="status">
        {asked === null && <p className="muted text-s">{t('preview.notYet')}</p>}
        {asked !== null && preview === undefined && error === undefined && (
          <p className="muted text-s">{t('preview.asking')}</p>
        )}
        {asked !== null && error !== undefined && (
          <p className="text-s">
            {problemOf(error).code === 'no-access'
              ? t('preview.notHere')
              : problemWords(problemOf(error))}
          </p>
        )}
        {preview !== undefined && (
          <>
            <Rows title={t('preview.opens')} rows={opens} directory={directory} />
            <Rows title={t('preview.closes')} rows={closes} directory={directory} />
            {changesNothing && <p className="text-s">{t('preview.nothing')}</p>}
            {notes.map((note) => (
              <p
                key={note}
                className={
                  warnings.has(note)
                    ? 'access-preview-note access-preview-warn'
                    : 'access-preview-note'
                }
              >
                {t([`preview.note.${note}`, 'preview.note.unknown'])}
              </p>
            ))}
          </>
        )}
      </div>
    </section>
  );
};
