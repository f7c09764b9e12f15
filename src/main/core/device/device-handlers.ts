import type { CallHandlers } from '#shared/contract/transport.ts';
import type { SyncStatus } from '#shared/contract/views.ts';
import { err, ok } from '#shared/lib/result.ts';
import { withReading } from '#main/db/handles.ts';
import { storedAmong } from '#main/db/queries/about-file.ts';
import type { DeskCalls } from '../desk-calls.ts';
import { storageProblem } from '../problems.ts';
import { aboutDevice } from './about-device.ts';
import type { Trouble } from './recent-troubles.ts';
import { supportReport } from './support-report.ts';

type DeviceParts = {
  readonly programVersion: string;
  readonly deviceName: string;
  readonly status: () => SyncStatus;
  readonly troubles: () => readonly Trouble[];
  readonly hold: (held: boolean) => void;
};

/** This computer and its case file, for the person and for support. */
export const deviceHandlers = (
  { atDesk }: DeskCalls,
  parts: DeviceParts,
): Pick<CallHandlers, 'device.about' | 'device.receipts' | 'device.report' | 'sync.hold'> => ({
  'device.about': atDesk((desk) => {
    const about = withReading(desk.db, (db) => aboutDevice(desk, db, parts.deviceName));
    return about.ok ? about : err(storageProblem(about.error));
  }),
  'device.receipts': atDesk((desk, { changeIds }) => {
    const stored = withReading(desk.db, (db) => storedAmong(db, changeIds));
    return stored.ok ? ok({ receipts: [...stored.value] }) : err(storageProblem(stored.error));
  }),
  'device.report': atDesk((desk) => {
    const { programVersion, deviceName } = parts;
    const known = {
      programVersion,
      deviceName,
      status: parts.status(),
      troubles: parts.troubles(),
    };
    const report = withReading(desk.db, (db) => supportReport(desk, db, known));
    return report.ok ? report : err(storageProblem(report.error));
  }),
  'sync.hold': atDesk((_desk, { held }) => {
    parts.hold(held);
    return ok({});
  }),
});
