import {
  compartments,
  partnerSectors,
  registerOf,
  type Code,
  type Register,
} from '#shared/domain/codes.ts';
import { expressionWays } from '#shared/domain/records/permission.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import {
  choice,
  date,
  half,
  hinted,
  line,
  prose,
  type FieldGroups,
  type FieldSpec,
} from './field-spec.ts';

/** The parts of a register that a permission can open: never the restricted ones (STM 457/2024 12–18 §). */
const openableParts = (...registers: readonly Register[]): readonly Code[] =>
  compartments.filter(
    ({ id, restricted }) => restricted !== true && registers.includes(registerOf(id)),
  );

const bothRegisters = openableParts('social', 'patient');

/** A direction opens the parts of the register that it goes out of. */
const partsByDirection = (value: JsonObject): readonly Code[] => {
  switch (value['direction']) {
    case 'social-to-health':
      return openableParts('social');
    case 'health-to-social':
      return openableParts('patient');
    default:
      return bothRegisters;
  }
};

const whenLevel =
  (level: string) =>
  (value: JsonObject): boolean =>
    value['level'] === level;

/** Who said it, how, in what words: the same for everything that a client allows or forbids. */
const expressed: readonly FieldSpec[] = [
  hinted(prose('text', 'will'), 'will'),
  half(line('givenBy')),
  half(choice('way', 'expressionWay', expressionWays, 'expressionWay')),
];

/** Permissions, consents, prohibitions and joint services, each field with the source of its rule. */
export const permissionFields: FieldGroups = {
  'joint-service.scope': [
    hinted(line('name', 'jointServiceName'), 'jointServiceName'),
    hinted(
      { type: 'codes', name: 'compartments', label: 'jointServiceParts', list: bothRegisters },
      'jointServiceParts',
    ),
    date('validFrom'),
    hinted(date('validTo'), 'openEnded'),
  ],
  'permission.scope': [
    hinted(
      choice(
        'direction',
        'direction',
        ['social-to-health', 'health-to-social'],
        'permissionDirection',
      ),
      'direction',
    ),
    hinted(
      {
        type: 'codes',
        name: 'compartments',
        label: 'permittedParts',
        list: bothRegisters,
        among: partsByDirection,
      },
      'permittedParts',
    ),
    hinted({ type: 'units', name: 'unitIds', label: 'permittedUnits' }, 'permittedUnits'),
    date('validFrom'),
    hinted(date('validTo'), 'openEnded'),
    ...expressed,
  ],
  'consent.scope': [
    hinted(
      { type: 'codes', name: 'sectors', label: 'consentSectors', list: partnerSectors },
      'consentSectors',
    ),
    date('validFrom'),
    hinted(date('validTo'), 'openEnded'),
    ...expressed,
  ],
  'prohibition.scope': [
    hinted(
      choice(
        'level',
        'prohibitionLevel',
        ['all', 'register', 'service', 'document'],
        'prohibitionLevel',
      ),
      'prohibitionLevel',
    ),
    {
      type: 'choice',
      orNull: true,
      name: 'register',
      label: 'prohibitedRegister',
      ids: ['social', 'patient'],
      words: 'register',
      onlyIf: whenLevel('register'),
    },
    {
      type: 'codes',
      name: 'compartments',
      label: 'prohibitedParts',
      list: bothRegisters,
      onlyIf: whenLevel('service'),
    },
    {
      type: 'document',
      name: 'recordId',
      label: 'prohibitedDocument',
      hint: 'prohibitedDocument',
      onlyIf: whenLevel('document'),
    },
    date('validFrom'),
    hinted(date('validTo'), 'untilTakenBack'),
    ...expressed,
  ],
  'guardian-prohibition.scope': [
    hinted({ type: 'guardians', name: 'representativeIds', label: 'guardians' }, 'guardians'),
    hinted(
      { type: 'codes', name: 'compartments', label: 'withheldParts', list: compartments },
      'withheldParts',
    ),
    hinted(
      choice('decision', 'banDecision', ['accepted', 'refused'], 'banDecision'),
      'banDecision',
    ),
    hinted(line('reason', 'banReason'), 'banReason'),
    date('validFrom'),
    hinted(date('validTo'), 'untilTakenBack'),
    ...expressed,
  ],
};
