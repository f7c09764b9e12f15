import { describe, expect, it } from 'vitest';
import { presence as rules, type HereMessage, type LiveSaying } from '#shared/protocol/live.ts';
import { whoIsHere } from './who-is-here.ts';

const idOf = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const opens = (plan: number): LiveSaying => ({
  type: 'here',
  caseId: idOf(plan),
  open: true,
  part: null,
});
const closes = (plan: number): LiveSaying => ({ ...opens(plan), open: false });
const at = (plan: number, ...people: readonly number[]): HereMessage => ({
  type: 'here',
  caseId: idOf(plan),
  people: people.map((person) => ({ personId: idOf(100 + person), part: null })),
});

const device = () => {
  let now = 0;
  const shown: HereMessage[] = [];
  const said: LiveSaying[] = [];
  const here = whoIsHere({ tell: (message) => void shown.push(message), now: () => now });
  return {
    here,
    shown,
    said,
    line: (saying: LiveSaying) => void said.push(saying),
    pass: (ms: number) => {
      now += ms;
      here.sweep();
    },
  };
};

describe('W6 who is here, on the device', () => {
  it('W6 is shown as told, and gone when the line is lost', () => {
    const { here, shown, line } = device();
    here.say(opens(1));
    here.begun(line);
    here.heard(at(1, 1, 2));
    here.lost();
    expect(shown).toEqual([at(1, 1, 2), at(1)]);
    here.lost();
    expect(shown).toHaveLength(2);
    here.end();
  });

  it('W6 is gone when it has not been told again in time', () => {
    const { here, shown, line, pass } = device();
    here.begun(line);
    here.say(opens(1));
    here.heard(at(1, 1));
    pass(rules.livesMs - 1);
    expect(shown).toEqual([at(1, 1)]);
    here.heard(at(1, 1));
    pass(rules.livesMs - 1);
    expect(shown).toHaveLength(2);
    pass(1);
    expect(shown.at(-1)).toEqual(at(1));
    here.end();
  });

  it('W6 is said over a line that comes back, of what is still open', () => {
    const { here, said, line, pass } = device();
    here.say(opens(1));
    here.say(opens(2));
    here.say(closes(2));
    here.begun(line);
    expect(said).toEqual([opens(1)]);
    here.lost();
    pass(rules.livesMs);
    here.say(opens(3));
    here.begun(line);
    expect(said).toEqual([opens(1), opens(3)]);
    here.end();
  });

  it('W6 is not shown of a plan that is closed', () => {
    const { here, shown, line } = device();
    here.begun(line);
    here.say(opens(1));
    here.heard(at(1, 1));
    here.say(closes(1));
    here.heard(at(1, 1));
    expect(shown).toEqual([at(1, 1), at(1)]);
    here.end();
  });
});
