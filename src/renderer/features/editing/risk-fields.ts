import { riskTypesOf, type Register } from '#shared/domain/codes.ts';
import { riskStates, type RiskKind } from '#shared/domain/records/risk.ts';
import { choice, date, half, hinted, line, person, prose, type FieldGroups } from './field-spec.ts';

const fieldsIn = (kind: RiskKind, register: Register): FieldGroups => ({
  [`${kind}.risk`]: [
    { type: 'code', name: 'type', label: 'riskType', list: riskTypesOf(register) },
    hinted(line('means', 'riskMeans'), kind === 'social-risk' ? 'socialRiskMeans' : 'riskMeans'),
    person('personId', 'riskNotedBy'),
    date('notedOn', 'riskNotedOn'),
  ],
  [`${kind}.guidance`]: [hinted(prose('text', 'riskGuidance'), 'riskGuidance')],
  [`${kind}.check`]: [
    hinted(date('checkedOn', 'riskCheckedOn'), 'riskCheckedOn'),
    date('nextOn', 'nextCheck'),
  ],
  [`${kind}.state`]: [
    half(choice('state', 'status', riskStates, 'riskState')),
    date('date', 'statusDate'),
    {
      ...line('reason'),
      onlyIf: (value) => value['state'] === 'over' || (value['reason'] ?? '') !== '',
    },
  ],
});

/** Risks, by the register in which each kind lies. */
export const riskFields: FieldGroups = {
  ...fieldsIn('risk', 'joint'),
  ...fieldsIn('health-risk', 'patient'),
  ...fieldsIn('social-risk', 'social'),
};
