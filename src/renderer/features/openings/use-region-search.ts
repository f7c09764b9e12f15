import { useState } from 'react';
import type { Problem } from '#shared/contract/calls.ts';
import { tidyPersonalIdentityCode } from '#shared/domain/personal-identity-code.ts';
import type { Id } from '#shared/domain/ids.ts';
import {
  useFindClientMutation,
  useFindHereMutation,
  useOpenHereMutation,
  useOpenOnGroundMutation,
} from '#renderer/store/calls/openings-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import type { FoundClient } from './found-card.tsx';
import { groundingProblems, noGrounding, reasonOf, type Grounding } from './ground-form.tsx';
import { useRegionAnswers } from './use-region.ts';
import { codeProblemOf } from './whole-code.ts';

/** How far the search has come. `here` is a client of this computer, for when the region is away. */
export type SearchStep =
  | { readonly at: 'code' }
  | { readonly at: 'nobody' }
  | { readonly at: 'nobody-here' }
  | { readonly at: 'region'; readonly found: FoundClient }
  | { readonly at: 'here'; readonly caseId: Id; readonly name: string }
  | { readonly at: 'coming'; readonly caseId: Id };

export type RegionSearch = {
  readonly step: SearchStep;
  readonly code: string;
  /** Another code is another person: what was found and why it was asked for is let go. */
  readonly setCode: (code: string) => void;
  readonly codeProblem: string | null;
  readonly grounding: Grounding;
  readonly setGrounding: (grounding: Grounding) => void;
  /** How many times opening was tried on this ground. */
  readonly tries: number;
  readonly isAway: boolean;
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  readonly search: () => Promise<void>;
  /** Opens what was found, on the ground given where one is needed. */
  readonly open: () => Promise<void>;
  /** Stops waiting; the opening itself stands. */
  readonly stopWaiting: () => void;
  readonly clear: () => void;
};

/**
 * The way from a personal identity code to an open client. Nothing typed is lost by a refusal.
 * @param onOpen a client that lies on this computer is open now
 */
export const useRegionSearch = (startCode: string, onOpen: (caseId: Id) => void): RegionSearch => {
  const answers = useRegionAnswers();
  const [step, setStep] = useState<SearchStep>({ at: 'code' });
  const [code, writeCode] = useState(startCode);
  const [grounding, setGrounding] = useState(noGrounding);
  const [isCodeChecked, setCodeChecked] = useState(false);
  const [tries, setTries] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [find, finding] = useFindClientMutation();
  const [findHere, findingHere] = useFindHereMutation();
  const [openOnGround, opening] = useOpenOnGroundMutation();
  const [openHere, openingHere] = useOpenHereMutation();
  const isBusy =
    finding.isLoading || findingHere.isLoading || opening.isLoading || openingHere.isLoading;

  const restart = (next: string): void => {
    writeCode(next);
    setStep({ at: 'code' });
    setGrounding(noGrounding);
    setCodeChecked(false);
    setTries(0);
    setProblem(null);
  };

  const lookHere = async (personalIdentityCode: string): Promise<void> => {
    const done = await findHere({ personalIdentityCode });
    if (done.error !== undefined) setProblem(problemOf(done.error));
    else if (done.data.found === null) setStep({ at: 'nobody-here' });
    else setStep({ at: 'here', caseId: done.data.found.caseId, name: done.data.found.clientName });
  };

  const search = async (): Promise<void> => {
    setCodeChecked(true);
    if (isBusy || codeProblemOf(code) !== null) return;
    setProblem(null);
    setStep({ at: 'code' });
    const personalIdentityCode = tidyPersonalIdentityCode(code);
    if (!answers) {
      await lookHere(personalIdentityCode);
      return;
    }
    const done = await find({ personalIdentityCode });
    if (done.error !== undefined) {
      const why = problemOf(done.error);
      if (why.code === 'region-offline') await lookHere(personalIdentityCode);
      else setProblem(why);
    } else if (done.data.found === null) setStep({ at: 'nobody' });
    else setStep({ at: 'region', found: done.data.found });
  };

  const open = async (): Promise<void> => {
    if (isBusy || (step.at !== 'region' && step.at !== 'here')) return;
    const caseId = step.at === 'region' ? step.found.caseId : step.caseId;
    if (step.at === 'region' && step.found.access === 'open') {
      setStep({ at: 'coming', caseId });
      return;
    }
    setTries(tries + 1);
    const { groundId } = grounding;
    if (groundId === null || Object.keys(groundingProblems(grounding)).length > 0) return;
    setProblem(null);
    const asked = { caseId, ground: groundId, reason: reasonOf(grounding) };
    const done = await (step.at === 'region' ? openOnGround(asked) : openHere(asked));
    if (done.error !== undefined) setProblem(problemOf(done.error));
    else if (step.at === 'region') setStep({ at: 'coming', caseId });
    else {
      restart('');
      onOpen(caseId);
    }
  };

  return {
    step,
    code,
    setCode: restart,
    codeProblem: isCodeChecked || code.trim().length >= 11 ? codeProblemOf(code) : null,
    grounding,
    setGrounding,
    tries,
    isAway: !answers || step.at === 'here' || step.at === 'nobody-here',
    isBusy,
    problem,
    search,
    open,
    stopWaiting: () => setStep({ at: 'code' }),
    clear: () => restart(''),
  };
};
