import { describe, expect, test } from 'vitest';
import { findCode, jointPlan } from './codes.ts';
import { lawWords, planElements, planSections, statutes } from './plan-elements.ts';
import { compartmentOfKind, registerOfKind } from './records/compartment-of-kind.ts';
import { groupDefinition, recordKinds } from './records/kinds.ts';

describe('elements of a plan', () => {
  test('every group of the plan’s record is an element, once', () => {
    const groups = planElements.flatMap((each) => (each.shape === 'group' ? [each.group] : []));
    expect(groups.toSorted()).toEqual(Object.keys(recordKinds.plan.groups).toSorted());
  });

  test('ids are unique, places exist, and chapters follow each other', () => {
    expect(new Set(planElements.map(({ id }) => id)).size).toBe(planElements.length);
    for (const element of planElements) {
      if (element.shape === 'group') expect(groupDefinition('plan', element.group)).toBeDefined();
      if (element.shape === 'rows') {
        expect(groupDefinition(element.kind, element.group)).toBeDefined();
        for (const group of element.more ?? []) {
          expect(groupDefinition(element.kind, group)).toBeDefined();
        }
        const { register = 'joint' } = element;
        expect(registerOfKind(element.kind) ?? 'joint').toBe(register);
        if (register === 'joint') expect(compartmentOfKind(element.kind)).toBe(jointPlan);
      }
    }
    const chapters = planElements.map(({ section }) => planSections.indexOf(section));
    expect(chapters).toEqual(chapters.toSorted((a, b) => a - b));
    expect(chapters.every((at) => at >= 0)).toBe(true);
  });

  test('every place in the law is one of a known statute', () => {
    for (const { statute } of planElements.flatMap(({ law }) => law)) {
      expect(findCode(statutes, statute), statute).toBeDefined();
    }
    expect(lawWords({ statute: '1301/2014', section: '39 §' }, 'sv')).toBe(
      'Socialvårdslagen (1301/2014) 39 §',
    );
    expect(lawWords({ statute: 'thl', section: '' }, 'fi')).toBe(
      'THL:n asiakassuunnitelman rakenne',
    );
  });
});
