import { expect, test } from 'vitest';
import type { GrantPart } from '#shared/contract/views.ts';
import { personSchema, type Person } from '#shared/domain/directory.ts';
import { idOf } from '../../../tests/window/records.ts';
import { ownPart } from './own-part.ts';

const today = '2026-11-24';

const person = (profession: string, taskClass: string): Person =>
  personSchema.parse({
    id: idOf(1),
    givenName: 'Aino',
    familyName: 'Laaksonen',
    profession,
    taskClass,
    unitId: null,
    active: true,
  });

const part = (compartment: string, role = 'participant'): GrantPart => ({
  compartment,
  basis: 'relation',
  relation: 'team',
  role,
  basisId: null,
  writes: true,
  manages: true,
  untilMs: null,
});

const social = person('social-worker', 'broad-client-responsibility');
const physio = person('physiotherapist', 'limited-health');

test.each([
  ['granted', physio, [part('joint/permissions')], 'joint/permissions', true],
  ['nothing of it here yet', social, [part('joint/plan')], 'joint/permissions', true],
  ['not in the task', physio, [part('joint/plan')], 'joint/permissions', false],
  ['reached all the time', physio, [part('joint/plan')], 'joint/contact', true],
  ['a consultant', social, [part('joint/plan', 'consultant')], 'joint/contact', false],
  ['an unknown role', social, [part('joint/plan', 'later-role')], 'joint/contact', false],
  ['no joint plan', social, [], 'joint/permissions', false],
  ['nobody at the window', null, [part('joint/plan')], 'joint/permissions', false],
])('%s', (_case, who, parts, compartment, isOpen) => {
  const open = ownPart({ access: { parts } }, who, compartment, today);
  expect(open !== null).toBe(isOpen);
  if (open) expect(open.compartment).toBe(compartment);
});
