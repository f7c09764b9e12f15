import { z } from 'zod';
import { currentSchema } from '#shared/domain/change.ts';
import { decide, kind, kindSince, type KindDefinition } from '#shared/domain/records/group.ts';
import { recordKinds } from '#shared/domain/records/kinds.ts';
import { thisProgram, type Program } from '#shared/sync/versions.ts';
import type { Age } from '../../sync/version-skew.ts';

/**
 * The program of three ages. There are no builds of the others, so this is what a build would differ in:
 * the kinds, groups and fields that it knows, and its highest schema number. All the rest of the code is the
 * program as it is.
 */

type Kinds = Readonly<Record<string, KindDefinition>>;
type Group = KindDefinition['groups'][string];

const without = (group: Group, ...fields: readonly string[]): Group => ({
  ...group,
  schema: z.looseObject(
    Object.fromEntries(
      Object.entries(group.schema.shape).filter(([field]) => !fields.includes(field)),
    ),
  ),
});

const having = (group: Group, shape: z.ZodRawShape, since = group.since): Group => ({
  ...group,
  since,
  schema: group.schema.extend(shape),
});

/** As the file has it, before anybody speaks otherwise. */
const { need, goal, membership, 'joint-service': jointService, ...rest } = recordKinds;

const olderSchema = membership.groups.grant.since - 1;

/** The groups that had come by that number, of the kinds that had any. */
const upTo = (schema: number, kinds: Kinds): Kinds =>
  Object.fromEntries(
    Object.entries(kinds).flatMap(([name, { groups, ...definition }]) => {
      const then = Object.entries(groups).filter(([, { since }]) => since <= schema);
      return then.length === 0 ? [] : [[name, { ...definition, groups: Object.fromEntries(then) }]];
    }),
  );

/** It lacks a kind, groups, and fields of groups that it knows. */
const older: Kinds = {
  ...upTo(olderSchema, rest),
  need: kind({
    heading: need.groups.heading,
    assessment: need.groups.assessment,
    status: without(need.groups.status, 'reason', 'date'),
    order: need.groups.order,
  }),
  goal: kind({
    belonging: goal.groups.belonging,
    statement: without(goal.groups.statement, 'voice'),
    achievement: without(goal.groups.achievement, 'grounds'),
    order: goal.groups.order,
  }),
  membership: kind({ grant: without({ ...membership.groups.grant, since: 1 }, 'supervisorId') }),
};

const present: Kinds = { ...rest, need, goal, membership, 'joint-service': jointService };

const newerSchema = currentSchema + 1;
const measured = { scale: z.string(), score: z.number() };
const perhapsMeasured = { scale: z.string().optional(), score: z.number().optional() };

/** Three groups got a field that others carry along, one a shape of its own; a group and a kind are new. */
const newer: Kinds = {
  ...present,
  need: kind({
    ...need.groups,
    assessment: having(need.groups.assessment, { grounds: z.json().optional() }),
    status: having(need.groups.status, { by: z.string().optional() }),
    measure: { ...decide(measured), since: newerSchema },
  }),
  goal: kind({
    ...goal.groups,
    statement: having(goal.groups.statement, { horizon: z.string().optional() }),
    achievement: having(goal.groups.achievement, perhapsMeasured, newerSchema),
  }),
  measure: kindSince(newerSchema, { entry: decide(measured) }),
};

const programs: Readonly<Record<Age, { readonly schema: number; readonly kinds: Kinds }>> = {
  older: { schema: olderSchema, kinds: older },
  present: { schema: currentSchema, kinds: present },
  newer: { schema: newerSchema, kinds: newer },
};

export const groupAt = (age: Age, kindName: string, group: string): Group | undefined =>
  programs[age].kinds[kindName]?.groups[group];

export const programAt = (age: Age): Program => ({
  schema: programs[age].schema,
  groupOf: (kindName, group) => {
    const known = groupAt(age, kindName, group);
    return known && { since: known.since, fields: new Set(Object.keys(known.schema.shape)) };
  },
});

/**
 * From now on this process is the program of that age. Everything that the program knows of kinds it asks of
 * one list, and of numbers of one field; nothing else may be under way when they change.
 */
export const speakAs = (age: Age): void => {
  const { schema, kinds } = programs[age];
  const list = recordKinds as Record<string, KindDefinition>;
  for (const name of Object.keys(list)) Reflect.deleteProperty(list, name);
  Object.assign(list, kinds);
  (thisProgram as { schema: number }).schema = schema;
};
