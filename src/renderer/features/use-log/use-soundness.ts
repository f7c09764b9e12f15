import { useRef, useState } from 'react';
import type { CallOutput, Problem } from '#shared/contract/calls.ts';
import { monthsOf } from '#shared/domain/use-log/blocks.ts';
import { useVerifyLogMutation } from '#renderer/store/calls/log-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import type { Period } from './period-fields.tsx';

export type SoundnessProblem = CallOutput<'log.verify'>['problems'][number];

export type Soundness = {
  readonly checkedEntries: number;
  readonly problems: readonly SoundnessProblem[];
  readonly monthsDone: number;
  readonly months: number;
};

type Checking = {
  readonly soundness: Soundness | null;
  readonly isChecking: boolean;
  readonly problem: Problem | null;
  readonly check: (period: Period) => Promise<void>;
  readonly stop: () => void;
};

/** Checks the log month by month, so that a long span shows how far it is and can be stopped. */
export const useSoundness = (): Checking => {
  const [soundness, setSoundness] = useState<Soundness | null>(null);
  const [isChecking, setChecking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [verify] = useVerifyLogMutation();
  const run = useRef(0);

  const stop = (): void => {
    run.current += 1;
    setChecking(false);
  };

  const check = async (period: Period): Promise<void> => {
    run.current += 1;
    const own = run.current;
    const months = monthsOf(period.from, period.to);
    let sum: Soundness = { checkedEntries: 0, problems: [], monthsDone: 0, months: months.length };
    setSoundness(sum);
    setProblem(null);
    setChecking(true);
    for (const month of months) {
      const day = `${month}-01`;
      const answer = await verify({ from: day, to: day });
      if (run.current !== own) return;
      if (answer.error !== undefined) {
        setProblem(problemOf(answer.error));
        break;
      }
      sum = {
        ...sum,
        checkedEntries: sum.checkedEntries + answer.data.checkedEntries,
        problems: joined(sum.problems, answer.data.problems),
        monthsDone: sum.monthsDone + 1,
      };
      setSoundness(sum);
    }
    setChecking(false);
  };

  return { soundness, isChecking, problem, check, stop };
};

const keyOf = ({ code, register, month, place }: SoundnessProblem): string =>
  `${code} ${register} ${month} ${place}`;

/** What concerns no month, as a line of the anchors that cannot be read, is told by each and kept once. */
const joined = (
  known: readonly SoundnessProblem[],
  more: readonly SoundnessProblem[],
): readonly SoundnessProblem[] => {
  const keys = new Set(known.map(keyOf));
  return [...known, ...more.filter((problem) => !keys.has(keyOf(problem)))];
};
