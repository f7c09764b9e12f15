import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presence as rules } from '#shared/protocol/live.ts';
import { createMarks, type Mark } from './marks.ts';
import { packed, unpacked, type Word } from './words.ts';

const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const mark = (line: number, plan: number, group: string | null = null): Mark => ({
  line: idOf(line),
  personId: idOf(line),
  caseId: idOf(plan),
  part: group === null ? null : { recordId: idOf(7), group, compartment: 'joint/plan' },
});

describe('marks of who is here', () => {
  it('W3 say what of them is new: a place or a group, not a sign of life', () => {
    const marks = createMarks();
    expect(marks.put(mark(1, 1), 0)).toBe(true);
    expect(marks.put(mark(1, 1), 5)).toBe(false);
    expect(marks.put(mark(1, 1, 'status'), 6)).toBe(true);
    expect(marks.put(mark(1, 1, 'status'), 7)).toBe(false);
    expect(marks.put(mark(1, 1), 8)).toBe(true);
  });

  it('W3 W5 hold what was said in time and nothing else, whatever happens', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('put' as const), line: fc.nat(4), plan: fc.nat(12) }),
      fc.record({ do: fc.constant('drop' as const), line: fc.nat(4), plan: fc.nat(12) }),
      fc.record({ do: fc.constant('end' as const), line: fc.nat(4) }),
      fc.record({ do: fc.constant('pass' as const), ms: fc.nat(60_000) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const marks = createMarks();
        let now = 0;
        /** In the order of saying. */
        let said: { line: number; plan: number; at: number }[] = [];
        for (const each of steps) {
          if (each.do === 'put') {
            marks.put(mark(each.line, each.plan), now);
            said = said.filter(({ line, plan }) => line !== each.line || plan !== each.plan);
            said.push({ line: each.line, plan: each.plan, at: now });
            const own = said.filter(({ line }) => line === each.line);
            const over = own.slice(0, Math.max(0, own.length - rules.plansOfLine));
            said = said.filter((one) => !over.includes(one));
          } else if (each.do === 'drop') {
            marks.drop(idOf(each.line), idOf(each.plan));
            said = said.filter(({ line, plan }) => line !== each.line || plan !== each.plan);
          } else if (each.do === 'end') {
            marks.drop(idOf(each.line));
            said = said.filter(({ line }) => line !== each.line);
          } else {
            now += each.ms;
            marks.expire(now);
            said = said.filter(({ at }) => now < at + rules.livesMs);
          }
          for (let plan = 0; plan <= 12; plan += 1) {
            expect(
              marks
                .at(idOf(plan))
                .map(({ line }) => line)
                .toSorted(),
            ).toEqual(
              said
                .filter((one) => one.plan === plan)
                .map(({ line }) => idOf(line))
                .toSorted(),
            );
          }
          expect(marks.size()).toBe(new Set(said.map(({ line }) => line)).size);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('words between server processes', () => {
  it('W4 fit into a NOTIFY, however many there are, and arrive as they were', () => {
    const widest: Word = {
      mark: {
        ...mark(1, 1),
        part: { recordId: idOf(7), group: 'g'.repeat(40), compartment: 'c'.repeat(60) },
      },
    };
    const words: Word[] = Array.from({ length: 1_000 }, () => widest);
    const payloads = packed(idOf(9), words);
    expect(Math.max(...payloads.map((text) => Buffer.byteLength(text)))).toBeLessThan(8_000);
    expect(payloads.flatMap((text) => unpacked(text)?.words ?? [])).toEqual(words);
    expect(packed(idOf(9), [])).toEqual([]);
  });

  it('W4 that no process of ours said are not heard', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = unpacked(text);
        expect(read === null || Array.isArray(read.words)).toBe(true);
      }),
    );
    for (const text of ['', '{}', 'null', '{"from":"x","words":[{}]}']) {
      expect(unpacked(text)).toBeNull();
    }
  });
});
