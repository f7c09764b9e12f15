import { useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import type { i18n } from 'i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { fullName } from '#shared/domain/directory.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { Kbd } from '#renderer/components/kbd.tsx';
import { PrintSheet } from '#renderer/components/print-sheet.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { useShortcuts } from '#renderer/components/use-shortcuts.ts';
import { useNoteUseMutation } from '#renderer/store/calls/log-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { conflictsOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { spokenIn } from '#renderer/words/speak.ts';
import { clientFacts } from '../plan-model/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { PlanPaper } from './plan-paper.tsx';
import { useSpoken } from './use-spoken.ts';
import './plan-print.css';

const languages = [
  { id: 'fi', label: 'Suomi', lang: 'fi' },
  { id: 'sv', label: 'Svenska', lang: 'sv' },
  { id: 'en', label: 'English', lang: 'en' },
] as const;
type PaperLanguage = (typeof languages)[number]['id'];

/** The client's own language of service, where the program speaks it (Act on languages 423/2003). */
const firstLanguage = (view: ClientView): PaperLanguage => {
  const { serviceLanguage } = clientFacts(view);
  return languages.find(({ id }) => id === serviceLanguage)?.id ?? 'fi';
};

/** The plan as it will be on paper, in the language of whoever gets it, and the printing of it. */
export const PlanPrintPage = ({
  view,
  directory,
}: {
  readonly view: ClientView;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation('planPrint');
  const problemWords = useProblemWords();
  const now = useNow();
  const person = useAppSelector((state) => state.session.session?.person ?? null);
  const [language, setLanguage] = useState(() => firstLanguage(view));
  const spoken = useSpoken(language);
  const [printed, setPrinted] = useState<{ readonly words: i18n; readonly atMs: number } | null>(
    null,
  );
  const [noteUse, { isLoading: isNoting, error }] = useNoteUseMutation();
  const conflicts = view.records.filter(
    (record) => record.kind !== 'note' && conflictsOf(record).length > 0,
  ).length;

  /** The print is in the log before there is anything to print. */
  const printNow = async (): Promise<void> => {
    if (printed !== null || isNoting) return;
    const noted = await noteUse({ caseId: view.caseId, action: 'print', screen: 'plan' });
    if (noted.error === undefined) setPrinted({ words: await spokenIn(language), atMs: now });
  };
  useShortcuts({ 'Ctrl P': () => void printNow() });

  const paper = (atMs: number) => (
    <PlanPaper
      view={view}
      directory={directory}
      printer={{
        name: person === null ? '' : fullName(person),
        profession: person?.profession ?? '',
      }}
      printedMs={atMs}
    />
  );
  return (
    <div className="page-body plan-print">
      <div className="plan-print-bar row row-wrap">
        <TextLink href={clientHref(view.caseId, 'plan')}>{t('back')}</TextLink>
        <SegmentedControl
          label={t('language')}
          segments={languages}
          value={language}
          onChange={setLanguage}
        />
        <span className="row end">
          <Button
            variant="main"
            icon="print"
            isPending={isNoting || printed !== null}
            onPress={() => void printNow()}
          >
            {t('print')} <Kbd keys="Ctrl P" />
          </Button>
        </span>
      </div>
      {conflicts > 0 && (
        <Banner tone="fork" shape="box">
          {t('conflicts', { count: conflicts })}
        </Banner>
      )}
      {error !== undefined && (
        <Banner tone="bad" shape="box" announce="polite">
          {problemWords(problemOf(error))}
        </Banner>
      )}
      {spoken !== null && (
        <article className="card paper" lang={language} aria-label={t('paper')}>
          <I18nextProvider i18n={spoken}>{paper(now)}</I18nextProvider>
        </article>
      )}
      {printed !== null && (
        <I18nextProvider i18n={printed.words}>
          <PrintSheet language={language} onPrinted={() => setPrinted(null)}>
            <div className="paper">{paper(printed.atMs)}</div>
          </PrintSheet>
        </I18nextProvider>
      )}
    </div>
  );
};
