import { contingencyTriggers } from '#shared/domain/codes.ts';
import { dissenters, meetingWays } from '#shared/domain/records/plan-rows.ts';
import { familyRelations } from '#shared/domain/records/family.ts';
import { choice, date, half, hinted, line, prose, type FieldGroups } from './field-spec.ts';

/** What a plan has several of, each a record of its own. */
export const planRowFields: FieldGroups = {
  'dissenting-view.view': [
    half(choice('whose', 'dissenter', dissenters, 'dissenter')),
    half(line('name')),
    hinted(line('about', 'dissentAbout'), 'dissentAbout'),
    hinted(prose('text', 'dissentText'), 'dissentText'),
    date('date', 'saidOn'),
  ],
  'plan-meeting.meeting': [
    date('date', 'heldOn'),
    half(choice('way', 'meetingWay', meetingWays, 'meetingWay')),
    line('place', 'meetingPlace'),
    hinted(line('about', 'meetingAbout'), 'meetingAbout'),
    { type: 'people', name: 'personIds', label: 'meetingPeople' },
    hinted(prose('participants', 'participants'), 'participants'),
  ],
  'plan-meeting.course': [
    half(line('startedAt', 'meetingBegan')),
    half(line('endedAt', 'meetingEnded')),
  ],
  'contingency.measure': [
    { type: 'code', name: 'trigger', label: 'trigger', list: contingencyTriggers },
    hinted(prose('text', 'measure'), 'measure'),
    half(line('name', 'measureBy')),
    half(line('phone')),
    hinted(date('testedOn', 'testedOn'), 'testedOn'),
  ],
  'family-member.member': [
    half(choice('relation', 'familyRelation', familyRelations, 'familyRelation')),
    half(hinted(line('name'), 'familyName')),
  ],
  'goal.family-part': [{ type: 'flag', name: 'isCommon', label: 'isCommon' }],
  'action.family-part': [{ type: 'flag', name: 'isCommon', label: 'isCommon' }],
};
