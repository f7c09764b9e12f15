import { followedThings, professions } from '#shared/domain/codes.ts';
import { diagnosisStates, medicationStates } from '#shared/domain/records/health.ts';
import { choice, date, half, hinted, line, prose, type FieldGroups } from './field-spec.ts';

const who = [
  { type: 'person', name: 'personId', label: 'followedBy' },
  {
    type: 'code',
    name: 'profession',
    label: 'followedByProfession',
    list: professions,
    orNull: true,
  },
] as const;

/** Diagnoses and medication, as far as the plan follows them. */
export const healthFields: FieldGroups = {
  'diagnosis.diagnosis': [
    hinted(line('name', 'diagnosisName'), 'diagnosisName'),
    hinted(half(line('code', 'diagnosisCode')), 'diagnosisCode'),
    date('since', 'diagnosisSince'),
  ],
  'diagnosis.follow-up': [
    hinted(prose('text', 'followedThing'), 'followedThing'),
    half(line('how', 'followedHow')),
    date('nextOn', 'nextCheck'),
    ...who,
  ],
  'diagnosis.state': [
    half(choice('state', 'status', diagnosisStates, 'diagnosisState')),
    date('date', 'statusDate'),
  ],
  'medication.medicine': [
    hinted(line('name', 'medicineName'), 'medicineName'),
    line('purpose', 'medicinePurpose'),
    hinted(prose('use', 'medicineUse'), 'medicineUse'),
  ],
  'medication.follow-up': [
    { type: 'codes', name: 'followed', label: 'followed', list: followedThings },
    hinted(prose('text', 'followedMedicine'), 'followedMedicine'),
    half(line('how', 'followedHow')),
    date('nextOn', 'nextCheck'),
    ...who,
  ],
  'medication.state': [
    half(choice('state', 'status', medicationStates, 'medicationState')),
    date('date', 'statusDate'),
    {
      ...line('reason'),
      onlyIf: (value) => value['state'] !== 'in-use' || (value['reason'] ?? '') !== '',
    },
  ],
};
