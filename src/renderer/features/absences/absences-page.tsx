import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatNumber, languageOf } from '#renderer/components/format.ts';
import { PageHead } from '#renderer/components/page-head.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { useReadAbsencesQuery } from '#renderer/store/calls/absences-api.ts';
import { useDirectory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { useRegionAnswers } from '../openings/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { AbsenceDialog } from './absence-dialog.tsx';
import { formOf, newAbsence, type AbsenceForm, type AbsenceRow } from './absence-form.ts';
import { absencesInOrder, whenOf, type Whose } from './absence-rows.ts';
import { AbsenceTable } from './absence-table.tsx';
import { EndAbsenceDialog } from './end-absence-dialog.tsx';
import { UncoveredCard } from './uncovered-card.tsx';
import './absences.css';

/** Who is away, who steps in, and what nobody covers. Asked of the region: deputies are agreed there. */
export const AbsencesPage = () => {
  const { t, i18n } = useTranslation(['absences', 'records']);
  const words = useProblemWords();
  const directory = useDirectory();
  const today = useToday();
  const answers = useRegionAnswers();
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const { data, error } = useReadAbsencesQuery(undefined, { refetchOnMountOrArgChange: true });
  const [whose, setWhose] = useState<Whose>('all');
  const [editing, setEditing] = useState<AbsenceForm | null>(null);
  const [ending, setEnding] = useState<AbsenceRow | null>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const rows = useMemo(
    () => absencesInOrder(data?.rows ?? [], today, whose, ownId),
    [data, today, whose, ownId],
  );
  const chosen = rows.find((row) => row.id === chosenId);
  const nameOf = (row: AbsenceRow): string =>
    directory.nameOf(row.personId) ?? t('records:someone');
  const begin = (): void => setEditing(newAbsence(ownId, today));
  const number = (count: number): string => formatNumber(count, languageOf(i18n.language));
  const hasOthers = data !== undefined && data.rows.some((row) => row.personId !== ownId);

  return (
    <>
      <PageHead
        title={t('title')}
        note={t('note')}
        actions={
          <>
            {hasOthers && (
              <SegmentedControl<Whose>
                label={t('whose.label')}
                value={whose}
                onChange={setWhose}
                segments={[
                  { id: 'all', label: t('whose.all') },
                  { id: 'own', label: t('whose.own') },
                  { id: 'others', label: t('whose.others') },
                ]}
              />
            )}
            <Button
              variant="main"
              icon="plus"
              onPress={begin}
              isDisabled={data === undefined || !answers}
            >
              {t('new')}
            </Button>
          </>
        }
      />
      <div className="page-body absences">
        {!answers && (
          <Banner tone="info" shape="box" icon="offline" announce="polite">
            {t('away')}
          </Banner>
        )}
        {answers && error !== undefined && (
          <Banner tone="bad" shape="box" announce="polite">
            {words(problemOf(error))}
          </Banner>
        )}
        {data && (
          <Card
            title={t('list')}
            {...(rows.length === 0 ? {} : { note: t('count', { count: rows.length }) })}
            flush
          >
            {rows.length === 0 ? (
              <EmptyState action={<Button onPress={begin}>{t('new')}</Button>}>
                {t('empty')}
              </EmptyState>
            ) : (
              <AbsenceTable
                rows={rows}
                directory={directory}
                today={today}
                chosenId={chosenId}
                number={number}
                onUncovered={(row) => setChosenId(row.id === chosenId ? null : row.id)}
                onChange={(row) => setEditing(formOf(row))}
                onEnd={setEnding}
              />
            )}
          </Card>
        )}
        {chosen && <UncoveredCard key={chosen.id} row={chosen} name={nameOf(chosen)} />}
      </div>
      {editing && (
        <AbsenceDialog
          start={editing}
          directory={directory}
          personIds={data?.personIds ?? []}
          onClose={() => setEditing(null)}
        />
      )}
      {ending && (
        <EndAbsenceDialog
          row={ending}
          name={nameOf(ending)}
          hasBegun={whenOf(ending, today) !== 'coming'}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
};
