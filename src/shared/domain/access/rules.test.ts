import { describe, expect, test } from 'vitest';
import { civilDateProblem } from '../civil-date.ts';
import { compartments, findCode, professions, taskClasses } from '../codes.ts';
import { teamRoles } from '../records/team.ts';
import { accessRules, covers, openingGrounds, relationRules, ruleFor } from './rules.ts';

const rows = [...accessRules, ...openingGrounds];
const parts = new Set(compartments.map(({ id }) => id));

describe('the rules of access as data', () => {
  test('each says its source, from when it holds and when it was checked', () => {
    for (const row of rows) {
      expect(row.source, row.id).toMatch(/§|STM 457\/2024/u);
      expect(civilDateProblem(row.validFrom), row.id).toBeNull();
      expect(civilDateProblem(row.verifiedOn), row.id).toBeNull();
      expect(row.validTo === null || row.validTo >= row.validFrom, row.id).toBe(true);
    }
    for (const row of relationRules) expect(row.source, row.role).toMatch(/§/u);
  });

  test('every task class has a rule today, and every role of a team has one', () => {
    for (const { id } of taskClasses) expect(ruleFor(id, '2026-11-25')?.taskClass).toBe(id);
    const roles = relationRules.map(({ role }) => role);
    expect(roles.toSorted()).toEqual([...teamRoles, 'round', 'opening'].toSorted());
  });

  test('no rule is in force before its day', () => {
    for (const { taskClass, validFrom } of accessRules) {
      expect(ruleFor(taskClass, '1999-01-01')).toBeUndefined();
      expect(ruleFor(taskClass, validFrom)?.taskClass).toBe(taskClass);
    }
  });

  test('every pattern covers something, and every named service exists', () => {
    for (const rule of accessRules) {
      for (const pattern of [...rule.byRelation, ...rule.byJointService, ...rule.byPermission]) {
        if (pattern === 'own') continue;
        expect(
          [...parts].some((part) => covers([pattern], part, [])),
          `${rule.id} ${pattern}`,
        ).toBe(true);
      }
      for (const service of rule.otherRegisterOnlyIfOwn ?? []) expect(parts).toContain(service);
    }
    for (const { id, services, taskClass } of professions) {
      for (const service of services) expect(parts, id).toContain(service);
      expect(findCode(taskClasses, taskClass), id).toBeDefined();
    }
  });

  test('an emergency lasts an hour, and every ground has its words', () => {
    for (const ground of openingGrounds) {
      if (ground.kind === 'emergency') expect(ground.minutes).toBe(60);
      expect(ground.minutes).toBeLessThanOrEqual(24 * 60);
      for (const language of ['fi', 'sv', 'en'] as const) {
        expect(ground[language].length).toBeGreaterThan(10);
      }
      expect(ground.sectors.length).toBeGreaterThan(0);
    }
  });
});
