import { useTranslation } from 'react-i18next';
import type { Person } from '#shared/domain/directory.ts';
import { findGround } from '#shared/domain/access/rules.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { clientHref, goTo } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import { Coming } from './coming.tsx';
import { FoundCard, OwnRecord } from './found-card.tsx';
import { GroundForm } from './ground-form.tsx';
import { groundsFor } from './grounds.ts';
import { useRegionSearch, type RegionSearch } from './use-region-search.ts';
import './openings.css';

export type RegionSearchDialogProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** A client is open: what was typed has done its work. */
  readonly onDone: () => void;
  readonly person: Person;
  /** The code to begin with; another one makes another search (give it as `key` too). */
  readonly startCode: string;
  /** Nobody of the region has the code: a new client may be made. */
  readonly onNew: (code: string) => void;
};

const Found = ({ search, person }: { readonly search: RegionSearch; readonly person: Person }) => {
  const { t } = useTranslation('openings');
  const today = useToday();
  const { step, grounding, setGrounding, tries } = search;
  const form = { value: grounding, onChange: setGrounding, tries };
  switch (step.at) {
    case 'nobody':
      return <p role="status">{t('nobody')}</p>;
    case 'nobody-here':
      return <p role="status">{t('nobodyHere')}</p>;
    case 'here':
      return (
        <>
          <FoundCard name={step.name} birthDate={null} restraint={false}>
            {t('found.here')}
          </FoundCard>
          <GroundForm {...form} grounds={[]} emergencies={groundsFor('emergency', person, today)} />
        </>
      );
    case 'region': {
      const { found } = step;
      const name = `${found.familyName} ${found.givenNames}`.trim();
      const card = { name, birthDate: found.birthDate, restraint: found.restraintOnDisclosure };
      if (found.access === 'open') return <FoundCard {...card}>{t('found.open')}</FoundCard>;
      if (found.access === 'own-record') {
        return (
          <>
            <FoundCard {...card}>{t('found.own')}</FoundCard>
            <OwnRecord />
          </>
        );
      }
      return (
        <>
          <FoundCard {...card}>{t('found.ground')}</FoundCard>
          <GroundForm
            {...form}
            grounds={groundsFor('ground', person, today)}
            emergencies={groundsFor('emergency', person, today)}
          />
        </>
      );
    }
    default:
      return undefined;
  }
};

const Actions = ({
  search,
  onClose,
  onNew,
}: {
  readonly search: RegionSearch;
  readonly onClose: () => void;
  readonly onNew: (code: string) => void;
}) => {
  const { t } = useTranslation('openings');
  const { step, isBusy, grounding } = search;
  if (step.at === 'coming') {
    return <Button onPress={search.stopWaiting}>{t('coming.stop')}</Button>;
  }
  const isFound = step.at === 'region' || step.at === 'here';
  const isOpen = step.at === 'region' && step.found.access === 'open';
  const isOwn = step.at === 'region' && step.found.access === 'own-record';
  const kind = grounding.groundId === null ? undefined : findGround(grounding.groundId)?.kind;
  return (
    <>
      <Button onPress={onClose}>{t('close')}</Button>
      {step.at === 'nobody' && (
        <Button icon="plus" onPress={() => onNew(search.code)}>
          {t('makeNew')}
        </Button>
      )}
      {isFound && !isOwn && (
        <Button
          variant={kind === 'emergency' ? 'bad' : 'main'}
          isPending={isBusy}
          onPress={() => void search.open()}
        >
          {isOpen ? t('open') : kind === 'emergency' ? t('openEmergency') : t('openOnGround')}
        </Button>
      )}
    </>
  );
};

/**
 * Finds a client of the region by the whole personal identity code and opens one on a legal ground. What
 * was typed stays when the dialog closes and when the region refuses.
 */
export const RegionSearchDialog = ({
  isOpen,
  onClose,
  onDone,
  person,
  startCode,
  onNew,
}: RegionSearchDialogProps) => {
  const { t } = useTranslation('openings');
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const goThere = (caseId: Id): void => {
    onDone();
    goTo(clientHref(caseId, 'overview', { from: 'search' }));
  };
  const search = useRegionSearch(startCode, goThere);
  const { step, codeProblem, isAway, problem } = search;
  return (
    <Dialog
      title={t('title')}
      isOpen={isOpen}
      onClose={onClose}
      actions={<Actions search={search} onClose={onClose} onNew={onNew} />}
    >
      <div className="stack opening">
        {step.at === 'coming' ? (
          <Coming
            caseId={step.caseId}
            onCome={() => {
              search.clear();
              goThere(step.caseId);
            }}
          />
        ) : (
          <>
            {isAway && (
              <Banner tone="info" shape="box" icon="offline" announce="polite">
                {t('away')}
              </Banner>
            )}
            <form
              className="opening-code"
              role="search"
              onSubmit={(event) => {
                event.preventDefault();
                void search.search();
              }}
            >
              <TextField
                label={t('code')}
                value={search.code}
                onChange={search.setCode}
                placeholder={t('codeShape')}
                description={t('codeNote')}
                autoComplete="off"
                autoFocus
                {...(codeProblem === null ? {} : { error: fieldWords(codeProblem) })}
              />
              <Button
                type="submit"
                icon="search"
                isPending={search.isBusy}
                variant={step.at === 'code' ? 'main' : 'plain'}
              >
                {t('search')}
              </Button>
            </form>
            <Found search={search} person={person} />
            {problem !== null && (
              <Banner tone="bad" shape="box" announce="assertive">
                {words(problem)}
              </Banner>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
};
