import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkHealed } from './invariants.ts';
import { highWater } from './region.ts';
import { schedules } from './schedules.ts';
import { run, type Planted } from './world.ts';

/** A check that cannot fail proves nothing: each of these breaks one rule, and the schedules must find it. */
const planted: readonly { readonly name: string; readonly faults: Planted }[] = [
  {
    name: 'D4: the cursor is moved before its page is stored',
    faults: {
      taken: (device, before) => {
        if (device.cursor !== before.cursor && device.epoch === before.epoch) {
          device.delivered = before.delivered;
        }
      },
    },
  },
  {
    name: 'D2: a change leaves the outbox when it is sent',
    faults: {
      sent: (device, request) => {
        if (request.type !== 'push') return;
        for (const { id } of request.changes) {
          const row = device.own.get(id);
          if (row) row.verdict = { changeId: id, verdict: 'stored', seq: 1 };
        }
      },
    },
  },
  {
    name: 'L5: receipts of another epoch are trusted',
    faults: {
      hearsLate: true,
      heard: (device, _request, reply) =>
        reply.type === 'push' ? { ...reply, epoch: device.epoch } : reply,
    },
  },
  {
    name: 'L5: a beginning anew forgets what was acknowledged before the restore',
    faults: {
      taken: (device, before) => {
        if (before.epoch === 0 || device.epoch === before.epoch) return;
        for (const row of device.own.values()) {
          row.verdict ??= { changeId: row.change.id, verdict: 'stored', seq: 1 };
        }
      },
    },
  },
  {
    name: 'I2: a copy is served as the device itself',
    faults: { takesEveryStep: true },
  },
  {
    name: 'I3: what waits is lost when a device becomes another',
    faults: {
      taken: (device, before) => {
        if (device.id === before.id) return;
        for (const [id, row] of device.own) if (row.verdict === null) device.own.delete(id);
      },
    },
  },
  {
    name: 'U3: what is sent again is stored again',
    faults: {
      answered: ({ region }, request) => {
        if (request.type !== 'push') return;
        for (const change of request.changes) {
          const known = region.log.filter((entry) => entry.change.id === change.id);
          const isOld = (known[0]?.seq ?? Infinity) <= highWater(region) - request.changes.length;
          if (isOld) region.log.push({ seq: highWater(region) + 1, change });
        }
      },
    },
  },
  {
    name: 'P3: what leaves is not erased',
    faults: {
      heard: (_device, _request, reply) =>
        reply.type === 'pull' && reply.page
          ? { ...reply, page: { ...reply.page, left: [] } }
          : reply,
    },
  },
  {
    name: 'L7: a page comes without its last change',
    faults: {
      heard: (_device, request, reply) => {
        if (reply.type !== 'pull' || !reply.page || request.type !== 'pull') return reply;
        const { changes } = reply.page;
        return { ...reply, page: { ...reply.page, changes: changes.slice(0, -1) } };
      },
    },
  },
  {
    name: 'G7: a program writes what it does not know in its own way',
    faults: {
      answered: ({ region }) => {
        for (const [index, { seq, change }] of region.log.entries()) {
          if (change.group !== 'of-a-newer-program') continue;
          region.log[index] = { seq, change: { ...change, value: { field: {} } } };
        }
      },
    },
  },
];

describe('the checks of the simulation', () => {
  it.each(planted)('find $name', { timeout: 300_000 }, ({ faults }) => {
    const property = fc.property(schedules(150), ({ settings, steps }) => {
      checkHealed(run(settings, steps, faults));
    });
    expect(fc.check(property, { numRuns: 3_000, endOnFailure: true }).failed).toBe(true);
  });
});
