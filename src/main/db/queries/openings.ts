import type { Id } from '#shared/domain/ids.ts';
import type { OfflineOpening } from '#shared/protocol/use-log.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';

/** An emergency opened here without a network. It cannot be discarded: it goes when the region has it. */
export type LocalOpening = OfflineOpening & { readonly told: boolean };

type Row = {
  opening_id: Buffer;
  case_id: Buffer;
  ground: string;
  reason: string;
  from_ms: number;
  until_ms: number;
  ended_ms: number | null;
  told: number;
};

const columns = 'opening_id, case_id, ground, reason, from_ms, until_ms, ended_ms, told';

/** What the region lacks: the opening, or that it was ended early. */
const untold = '(told = 0 OR (ended_ms IS NOT NULL AND told < 2))';

const offlineOpening = (row: Row): OfflineOpening => ({
  id: idFromBytes(row.opening_id),
  caseId: idFromBytes(row.case_id),
  ground: row.ground,
  reason: row.reason,
  fromMs: row.from_ms,
  untilMs: row.until_ms,
  endedMs: row.ended_ms,
});

export const addOpening = (db: WritableDb, opening: OfflineOpening): void => {
  db.run(
    `INSERT INTO opening (opening_id, case_id, kind, ground, reason, from_ms, until_ms)
     VALUES (?, ?, 'emergency', ?, ?, ?, ?)`,
    [
      idToBytes(opening.id),
      idToBytes(opening.caseId),
      opening.ground,
      opening.reason,
      opening.fromMs,
      opening.untilMs,
    ],
  );
};

export const findOpening = (db: ReadableDb, id: Id): LocalOpening | undefined => {
  const row = db.first<Row>(`SELECT ${columns} FROM opening WHERE opening_id = ?`, [idToBytes(id)]);
  return row && { ...offlineOpening(row), told: row.told !== 0 };
};

export const endOpening = (db: WritableDb, id: Id, nowMs: number): void => {
  db.run('UPDATE opening SET ended_ms = ? WHERE opening_id = ? AND ended_ms IS NULL', [
    nowMs,
    idToBytes(id),
  ]);
};

/** Openings of which the region has to be told, the earliest first: at most as many as one message holds. */
export const untoldOpenings = (db: ReadableDb): readonly OfflineOpening[] =>
  db
    .all<Row>(`SELECT ${columns} FROM opening WHERE ${untold} ORDER BY from_ms LIMIT 100`)
    .map(offlineOpening);

/** Notes that the region has these, as they were sent: one ended meanwhile is told once more. */
export const markTold = (
  db: WritableDb,
  sent: readonly Pick<OfflineOpening, 'id' | 'endedMs'>[],
): void => {
  for (const { id, endedMs } of sent) {
    db.run('UPDATE opening SET told = ? WHERE opening_id = ?', [
      endedMs === null ? 1 : 2,
      idToBytes(id),
    ]);
  }
};

/** What the region has and the clock has ended is no longer this device's to keep. Says whether any was. */
export const forgetToldOpenings = (db: WritableDb, nowMs: number): boolean =>
  db.run(`DELETE FROM opening WHERE NOT ${untold} AND (until_ms <= ? OR ended_ms IS NOT NULL)`, [
    nowMs,
  ]).changes > 0;
