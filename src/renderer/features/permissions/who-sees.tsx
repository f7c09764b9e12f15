import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { useWhoSeesQuery } from '#renderer/store/calls/records-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';
import { peopleInOrder } from './who-grid.ts';
import { WhoPicture } from './who-picture.tsx';
import { WhoTable } from './who-table.tsx';
import './permissions.css';

export type WhoSeesProps = { readonly view: ClientView; readonly directory: Directory };

/** Who sees which part today, and why: as a picture and, in the same words, as a table. */
export const WhoSees = ({ view, directory }: WhoSeesProps) => {
  const { t } = useTranslation(['permissions', 'records']);
  const problemWords = useProblemWords();
  const [shape, setShape] = useState<'picture' | 'table'>('picture');
  const { data, error } = useWhoSeesQuery({ caseId: view.caseId });
  const people = useMemo(
    () => (data ? peopleInOrder(data.people, (id) => directory.nameOf(id) ?? '') : []),
    [data, directory],
  );
  return (
    <section className="card who" aria-label={t('who.title')}>
      <header className="card-head">
        <h2>{t('who.title')}</h2>
        <span className="card-note">{t('who.note')}</span>
        <span className="card-more">
          <SegmentedControl
            label={t('who.shape')}
            value={shape}
            onChange={setShape}
            segments={[
              { id: 'picture', label: t('who.picture'), icon: 'bars' },
              { id: 'table', label: t('who.table'), icon: 'table' },
            ]}
          />
        </span>
      </header>
      {error !== undefined && data === undefined ? (
        <div className="card-body">
          <Banner tone="warn" shape="box" announce="polite">
            {problemWords(problemOf(error))}
          </Banner>
        </div>
      ) : data === undefined ? (
        <EmptyState>{t('who.asking')}</EmptyState>
      ) : people.length === 0 ? (
        <EmptyState>{t('who.nobody')}</EmptyState>
      ) : shape === 'picture' ? (
        <WhoPicture people={people} parts={data.compartments} directory={directory} />
      ) : (
        <WhoTable people={people} directory={directory} />
      )}
    </section>
  );
};
