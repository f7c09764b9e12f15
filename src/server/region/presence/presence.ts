import { randomUUID } from 'node:crypto';
import type { Id } from '#shared/domain/ids.ts';
import type { HereMessage, LiveSaying } from '#shared/protocol/live.ts';
import { listenOn } from '../../db/listen.ts';
import type { Database } from '../../db/pool.ts';
import { createMarks, type Mark } from './marks.ts';
import { readPlace } from './read-place.ts';
import { readSights } from './sight.ts';
import { toldTo } from './told.ts';
import { packed, presenceChannel, unpacked, type Word } from './words.ts';

/** One live line, as it speaks of what it has open. */
export type PresenceLine = {
  readonly say: (saying: LiveSaying) => void;
  /** The line has ended: what it had open is over at once. */
  readonly leave: () => void;
};

export type Presence = {
  readonly join: (personId: Id, tell: (message: HereMessage) => void) => PresenceLine;
  /** Forgets what was not said again in time, and passes on what was. By itself every few seconds. */
  readonly sweep: () => Promise<void>;
  /** Resolves when all that was said has been told here. */
  readonly settled: () => Promise<void>;
  readonly end: () => Promise<void>;
};

type Line = {
  readonly personId: Id;
  readonly tell: (message: HereMessage) => void;
  /** What was last said of each plan, until it has been read. */
  readonly said: Map<Id, LiveSaying>;
  /** What it was last told of each, so that it is not told the same again unasked. */
  readonly told: Map<Id, string>;
};

type PresenceOptions = {
  readonly now: () => Date;
  readonly onLost: (reason: string) => void;
  readonly sweepEveryMs?: number;
};

/**
 * Who has which plan open, in this and the region's other server processes (SPEC W1–W5). What they tell each
 * other are marks, not rights: each works out anew whom it may tell whenever it tells. Nothing is stored.
 */
export const startPresence = async (
  db: Database,
  { now, onLost, sweepEveryMs = 5_000 }: PresenceOptions,
): Promise<Presence> => {
  const own = randomUUID();
  const marks = createMarks();
  const lines = new Map<Id, Line>();
  const unread = new Map<string, { readonly line: Id; readonly saying: LiveSaying }>();
  const stale = new Set<Id>();
  /** What the other processes have not heard yet, by line and plan. */
  const outgoing = new Map<string, Word>();
  /** Some of it is news and no mere sign of life: it goes at once. */
  let urgent = false;
  let working: Promise<void> | null = null;
  const nowMs = (): number => now().getTime();

  const pass = (word: Word, atOnce: boolean): void => {
    outgoing.set('mark' in word ? keyOf(word.mark) : keyOf(word.gone), word);
    urgent ||= atOnce;
  };

  const flush = async (): Promise<void> => {
    const payloads = packed(own, [...outgoing.values()]);
    outgoing.clear();
    urgent = false;
    for (const payload of payloads) {
      await db.query('SELECT pg_notify($1, $2)', [presenceChannel, payload]);
    }
  };

  /** The said plan gets its mark: of the group only when the region knows its record in that plan. */
  const read = async (line: Id, saying: LiveSaying): Promise<void> => {
    const part = saying.part && (await readPlace(db, saying.caseId, saying.part));
    const speaker = lines.get(line);
    if (speaker?.said.get(saying.caseId) !== saying) return;
    speaker.said.delete(saying.caseId);
    const mark = { line, personId: speaker.personId, caseId: saying.caseId, part };
    const isNew = marks.put(mark, nowMs());
    // Who speaks is answered in any case: the device then knows that the line lives.
    speaker.told.delete(saying.caseId);
    stale.add(saying.caseId);
    pass({ mark }, isNew);
  };

  const tellAll = async (): Promise<void> => {
    const asked = [...stale].flatMap((caseId) => {
      const at = marks.at(caseId);
      const hearers = at.flatMap((mark) => {
        const line = lines.get(mark.line);
        return line ? [line] : [];
      });
      return hearers.length === 0 ? [] : [{ caseId, at, hearers }];
    });
    stale.clear();
    if (asked.length === 0) return;
    const people = asked.flatMap(({ at }) => at.map(({ personId }) => personId));
    const caseIds = asked.map(({ caseId }) => caseId);
    const sightOf = await readSights(db, people, caseIds, nowMs());
    for (const { caseId, at, hearers } of asked) {
      for (const line of hearers) {
        const told = toldTo(line.personId, at, (personId) => sightOf(personId, caseId));
        if (told === null) continue;
        const message: HereMessage = { type: 'here', caseId, people: [...told] };
        const text = JSON.stringify(message);
        if (line.told.get(caseId) === text) continue;
        line.told.set(caseId, text);
        line.tell(message);
      }
    }
  };

  const workOff = async (): Promise<void> => {
    try {
      while (unread.size > 0 || stale.size > 0 || urgent) {
        for (const [key, { line, saying }] of unread) {
          unread.delete(key);
          await read(line, saying);
        }
        if (urgent) await flush();
        await tellAll();
      }
    } catch (error) {
      // Nothing rests on it: what was said is said again in a moment.
      onLost((error as Error).name);
    }
  };

  const work = (): Promise<void> => {
    working ??= workOff().finally(() => {
      working = null;
      if (unread.size > 0 || stale.size > 0 || urgent) void work();
    });
    return working;
  };

  const heard = (payload: string): void => {
    const told = unpacked(payload);
    if (told === null || told.from === own) return;
    for (const word of told.words) {
      if ('mark' in word) {
        if (marks.put(word.mark, nowMs())) stale.add(word.mark.caseId);
      } else {
        for (const caseId of marks.drop(word.gone.line, word.gone.caseId)) stale.add(caseId);
      }
    }
    void work();
  };

  const dropFrom = (line: Id, caseIds: readonly Id[]): void => {
    for (const caseId of caseIds) {
      stale.add(caseId);
      pass({ gone: { line, caseId } }, true);
    }
    void work();
  };

  const listening = await listenOn(db, {
    channels: [presenceChannel],
    heard: (_channel, payload) => heard(payload),
    begun: async () => {},
    lost: () => onLost('presence'),
  });

  const sweep = async (): Promise<void> => {
    for (const caseId of marks.expire(nowMs())) stale.add(caseId);
    await flush().catch((error: Error) => onLost(error.name));
    await work();
  };
  const sweeping = setInterval(() => void sweep(), sweepEveryMs);
  sweeping.unref();

  return {
    join: (personId, tell) => {
      const line = randomUUID();
      const said = new Map<Id, LiveSaying>();
      lines.set(line, { personId, tell, said, told: new Map() });
      return {
        say: (saying) => {
          const { caseId } = saying;
          if (saying.open) {
            said.set(caseId, saying);
            unread.set(keyOf({ line, caseId }), { line, saying });
            void work();
          } else {
            said.delete(caseId);
            lines.get(line)?.told.delete(caseId);
            dropFrom(line, marks.drop(line, caseId));
          }
        },
        leave: () => {
          lines.delete(line);
          dropFrom(line, marks.drop(line));
        },
      };
    },
    sweep,
    settled: async () => {
      while (working) await working;
    },
    end: async () => {
      clearInterval(sweeping);
      listening.end();
      while (working) await working;
    },
  };
};

const keyOf = ({ line, caseId }: Pick<Mark, 'line' | 'caseId'>): string => `${line} ${caseId}`;
