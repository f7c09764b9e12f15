import type { Change } from '#shared/domain/change.ts';
import type { dice } from '../dice.ts';

/** What somebody could write in each field of the newest program's groups; an older form has fewer of them. */

type Roll = ReturnType<typeof dice>;
type Said = Change['value'];

const oneOf = (roll: Roll, ...words: readonly string[]): string => words[roll(words.length)] ?? '';
const day = (roll: Roll): string => `2026-11-${String(roll(28) + 1).padStart(2, '0')}`;
const words = (roll: Roll): string => `Alku ${roll(9)}. Toinen ${roll(9)}. Loppu ${roll(9)}.`;
const measured = (roll: Roll) => ({ scale: oneOf(roll, 'berg', 'sppb'), score: roll(57) });

const sayings: Readonly<Record<string, (roll: Roll) => Said>> = {
  'need/heading': (roll) => ({
    lifeArea: oneOf(roll, 'housing', 'health'),
    title: `Tarve ${roll(99)}`,
  }),
  'need/client-words': (roll) => ({ text: words(roll) }),
  'need/assessment': (roll) => ({
    text: words(roll),
    // Not in the composed form of Unicode: what is carried along is not tidied either.
    grounds: { said: `a\u0308 ${roll(99)}`, points: [roll(9), null] },
  }),
  'need/status': (roll) => ({
    status: oneOf(roll, 'open', 'in-progress', 'resolved'),
    reason: `Syy ${roll(99)}`,
    date: day(roll),
    by: `Tekijä ${roll(99)}`,
  }),
  'need/order': (roll) => ({ key: `a${roll(9)}` }),
  'need/origin': (roll) => ({ system: 'vanha', identifier: `${roll(99)}`, label: '' }),
  'need/measure': measured,
  'goal/statement': (roll) => ({
    title: `Tavoite ${roll(99)}`,
    description: words(roll),
    voice: oneOf(roll, 'client', 'joint'),
    horizon: `${roll(12)} kk`,
  }),
  'goal/achievement': (roll) => ({
    achievement: oneOf(roll, 'improving', 'worsening', 'achieved'),
    date: day(roll),
    grounds: `Peruste ${roll(99)}`,
    ...measured(roll),
  }),
  'goal/lifecycle': (roll) => ({
    status: oneOf(roll, 'proposed', 'active', 'ended'),
    reason: `Syy ${roll(99)}`,
    date: day(roll),
  }),
  'measure/entry': measured,
};

export type Place = { readonly kind: string; readonly group: string };

export const places: readonly Place[] = Object.keys(sayings).map((name) => {
  const [kind = '', group = ''] = name.split('/');
  return { kind, group };
});

export const say = ({ kind, group }: Place, roll: Roll): Said =>
  sayings[`${kind}/${group}`]?.(roll) ?? {};
