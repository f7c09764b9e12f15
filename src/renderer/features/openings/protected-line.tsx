import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { skipToken } from '@reduxjs/toolkit/query/react';
import { compartments, findCode } from '#shared/domain/codes.ts';
import type { Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { CheckboxChoices } from '#renderer/components/checkbox-choices.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import {
  useConfirmProtectedMutation,
  useReadProtectedPartsQuery,
} from '#renderer/store/calls/openings-api.ts';
import { useSyncNowMutation } from '#renderer/store/calls/sync-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import { GroundForm, groundingProblems, noGrounding, reasonOf } from './ground-form.tsx';
import { groundsFor } from './grounds.ts';
import { useRegionAnswers } from './use-region.ts';
import './openings.css';

type ProtectedDialogProps = {
  readonly caseId: Id;
  readonly person: Person;
  readonly parts: readonly string[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

/** Confirms that protected parts are necessary in the care or service (703/2023 26 §; STM 457/2024 26 §). */
const ProtectedDialog = ({ caseId, person, parts, isOpen, onClose }: ProtectedDialogProps) => {
  const { t, i18n } = useTranslation('openings');
  const language = languageOf(i18n.language);
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const today = useToday();
  const grounds = groundsFor('confirmation', person, today);
  const [chosen, setChosen] = useState<readonly string[]>(parts.length === 1 ? parts : []);
  const [grounding, setGrounding] = useState({
    ...noGrounding,
    groundId: grounds.length === 1 ? (grounds[0]?.id ?? null) : null,
  });
  const [tries, setTries] = useState(0);
  const [confirm, { isLoading, error }] = useConfirmProtectedMutation();
  const [syncNow] = useSyncNowMutation();
  const named = chosen.filter((part) => parts.includes(part));

  const carryOut = async (): Promise<void> => {
    setTries(tries + 1);
    const { groundId } = grounding;
    const isLacking = named.length === 0 || Object.keys(groundingProblems(grounding)).length > 0;
    if (isLoading || groundId === null || isLacking) return;
    const done = await confirm({
      caseId,
      compartments: [...named],
      ground: groundId,
      reason: reasonOf(grounding),
    });
    if (done.error !== undefined) return;
    void syncNow();
    onClose();
  };

  return (
    <Dialog
      title={t('protected.title')}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('close')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void carryOut()}>
            {t('protected.confirm')}
          </Button>
        </>
      }
    >
      <div className="stack opening">
        <GroundForm
          grounds={grounds}
          emergencies={[]}
          value={grounding}
          onChange={setGrounding}
          tries={tries}
        >
          <CheckboxChoices
            label={t('protected.parts')}
            groups={[
              {
                heading: null,
                choices: parts.map((id) => ({
                  id,
                  label: findCode(compartments, id)?.[language] ?? id,
                })),
              },
            ]}
            value={named}
            onChange={setChosen}
            {...(tries > 0 && named.length === 0 ? { error: fieldWords('choose-one') } : {})}
          />
        </GroundForm>
        {error !== undefined && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problemOf(error))}
          </Banner>
        )}
      </div>
    </Dialog>
  );
};

/** Where a confirmation would open more for this person. Nothing at all where it would not. */
export const ProtectedLine = ({ caseId }: { readonly caseId: Id }) => {
  const { t } = useTranslation('openings');
  const answers = useRegionAnswers();
  const person = useAppSelector((state) => state.session.session?.person ?? null);
  const { currentData } = useReadProtectedPartsQuery(answers ? { caseId } : skipToken);
  const [isConfirming, setConfirming] = useState(false);
  const parts = currentData?.compartments ?? [];
  if (person === null || parts.length === 0) return undefined;
  return (
    <div className="opening-protected">
      <Icon name="lock" size={14} />
      <span>{t('protected.line')}</span>
      <Button variant="flat" onPress={() => setConfirming(true)}>
        {t('protected.open')}
      </Button>
      <ProtectedDialog
        caseId={caseId}
        person={person}
        parts={parts}
        isOpen={isConfirming}
        onClose={() => setConfirming(false)}
      />
    </div>
  );
};
