import { acceptances, goalAttainments } from '#shared/domain/records/plan-parts.ts';
import { expressionWays } from '#shared/domain/records/permission.ts';
import { planStatuses, planTracks } from '#shared/domain/records/plan.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import {
  choice,
  date,
  hinted,
  line,
  person,
  prose,
  type FieldGroups,
  type FieldSpec,
} from './field-spec.ts';

/** One long text, called as its group is and with a hint of its own. */
const text = (group: string): FieldSpec => hinted(prose('text', group), group);

const clientText = (label: string): FieldSpec => ({
  type: 'prose',
  voice: 'client',
  name: 'text',
  label,
});

const way: FieldSpec = {
  type: 'choice',
  orNull: true,
  name: 'way',
  label: 'expressionWay',
  ids: expressionWays,
  words: 'expressionWay',
  half: true,
};

const isAsked = (value: JsonObject): boolean =>
  value['state'] !== 'not-asked' || (value['text'] ?? '') !== '';

/** What the plan's own record says, element by element. */
export const planPartFields: FieldGroups = {
  'plan.what-matters': [hinted(clientText('what-matters'), 'what-matters')],
  'plan.situation': [text('situation')],
  'plan.strengths': [text('strengths')],
  'plan.custodian': [hinted(person('personId', 'custodian'), 'custodian')],
  'plan.review': [hinted(date('date', 'review'), 'review')],
  'plan.course': [
    hinted(choice('track', 'track', planTracks, 'track'), 'track'),
    choice('status', 'planStatus', planStatuses, 'planStatus'),
  ],
  'plan.functioning': [text('functioning')],
  'plan.current-services': [text('current-services')],
  'plan.circumstances': [text('circumstances')],
  'plan.client-assessment': [hinted(clientText('client-assessment'), 'client-assessment')],
  'plan.professional-assessment': [text('professional-assessment')],
  'plan.earlier-goals': [
    choice('attainment', 'attainment', goalAttainments, 'attainment'),
    hinted(
      { type: 'prose', voice: 'client', name: 'clientView', label: 'clientView' },
      'clientView',
    ),
    hinted(prose('text', 'attainmentText'), 'attainmentText'),
  ],
  'plan.other-means': [text('other-means')],
  'plan.meetings': [
    hinted(line('frequency'), 'meetings'),
    hinted(line('place', 'meetingPlace'), 'meetingPlace'),
  ],
  'plan.rights-information': [
    hinted(prose('text', 'rightsText'), 'rights-information'),
    person('personId', 'toldBy'),
    way,
    date('date', 'toldOn'),
  ],
  'plan.further-steps': [text('further-steps')],
  'plan.duration': [
    hinted(line('text', 'durationText'), 'duration'),
    date('until', 'durationUntil'),
  ],
  'plan.recipients': [text('recipients')],
  'plan.acceptance': [
    hinted(choice('state', 'acceptance', acceptances, 'acceptance'), 'acceptance'),
    { ...clientText('acceptanceText'), onlyIf: isAsked },
    { ...date('date', 'askedOn'), onlyIf: isAsked },
    { ...way, onlyIf: isAsked },
    { ...hinted(line('givenBy', 'onBehalf'), 'onBehalf'), onlyIf: isAsked },
  ],
};
