import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { outsiders } from '#shared/domain/meetings/shown.ts';
import { meetingWays } from '#shared/domain/records/plan-rows.ts';
import { Button, IconButton } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { Checkbox } from '#renderer/components/checkbox.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { Select } from '#renderer/components/select.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { makeId } from '#renderer/store/make-id.ts';
import type { Directory } from '#renderer/store/people.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { wallClockOf } from '#renderer/components/format.ts';
import type { GroupForm } from '../editing/index.ts';
import { teamOf } from '../plan-model/index.ts';
import { begin, meetingIn, type OtherPerson } from './open-meeting.ts';

export type StartMeetingProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly form: GroupForm;
  readonly ownId: Id | null;
};

/** Somebody who is none of the staff: how they stand to the client, the name, from where. */
const OtherRow = ({
  other,
  number,
  onChange,
  onRemove,
}: {
  readonly other: OtherPerson;
  readonly number: number;
  readonly onChange: (other: OtherPerson) => void;
  readonly onRemove: () => void;
}) => {
  const { t } = useTranslation('meeting');
  return (
    <div className="meeting-other" aria-label={t('otherNumber', { number })} role="group">
      <Select
        label={t('otherOf')}
        value={other.of}
        onChange={(of) => onChange({ ...other, of })}
        options={outsiders.map((id) => ({ id, label: t(`outsider.${id}`) }))}
      />
      <TextField
        label={t('otherName')}
        value={other.name}
        maxLength={200}
        onChange={(name) => onChange({ ...other, name })}
      />
      <TextField
        label={t('otherOrganisation')}
        value={other.organisation}
        maxLength={200}
        onChange={(organisation) => onChange({ ...other, organisation })}
      />
      <IconButton icon="close" label={t('removeOther', { number })} onPress={onRemove} />
    </div>
  );
};

/** Who is at the table and what for; kept as it is chosen, and asked again when people come and go. */
export const StartMeeting = ({ view, directory, form, ownId }: StartMeetingProps) => {
  const { t } = useTranslation(['meeting', 'records']);
  const today = useToday();
  const meeting = meetingIn(form.value);
  const members = new Set([
    ...(ownId === null ? [] : [ownId]),
    ...teamOf(view, today).flatMap(({ grant, when }) =>
      when === 'current' ? [grant.personId] : [],
    ),
  ]);
  const setOthers = (others: readonly OtherPerson[]): void =>
    form.set({ others: others.map((other) => ({ ...other })) });
  const toggle = (id: Id, isThere: boolean): void =>
    form.set({
      personIds: isThere
        ? [...meeting.personIds, id]
        : meeting.personIds.filter((each) => each !== id),
    });
  return (
    <div className="page-body meeting-start">
      <Card title={t('meeting:startTitle')} note={t('meeting:startNote')}>
        <div className="stack meeting-form">
          <div className="meeting-purpose">
            <TextField
              label={t('meeting:about')}
              value={meeting.about}
              maxLength={300}
              autoFocus
              onChange={(about) => form.set({ about })}
            />
            <Select
              label={t('records:field.meetingWay')}
              value={meeting.way}
              onChange={(way) => form.set({ way })}
              options={meetingWays.map((id) => ({ id, label: t(`records:meetingWay.${id}`) }))}
            />
          </div>
          <div role="group" aria-labelledby="meeting-staff">
            <h3 id="meeting-staff">{t('meeting:staff')}</h3>
            <ul className="meeting-staff">
              {[...members].map((id) => (
                <li key={id}>
                  <Checkbox
                    isSelected={meeting.personIds.includes(id)}
                    isDisabled={id === ownId}
                    onChange={(isThere) => toggle(id, isThere)}
                  >
                    <ProfessionName
                      profession={directory.professionOf(id)}
                      person={directory.nameOf(id) ?? t('records:someone')}
                      withProfession
                    />
                  </Checkbox>
                </li>
              ))}
            </ul>
          </div>
          <div role="group" aria-labelledby="meeting-others">
            <h3 id="meeting-others">{t('meeting:others')}</h3>
            <p className="muted text-s">{t('meeting:othersHint')}</p>
            <ul className="meeting-others">
              {meeting.others.map((other, index) => (
                <li key={other.key}>
                  <OtherRow
                    other={other}
                    number={index + 1}
                    onChange={(changed) => setOthers(meeting.others.with(index, changed))}
                    onRemove={() => setOthers(meeting.others.toSpliced(index, 1))}
                  />
                </li>
              ))}
            </ul>
            <Button
              icon="plus"
              onPress={() =>
                setOthers([
                  ...meeting.others,
                  { key: makeId(), of: 'client', name: '', organisation: '' },
                ])
              }
            >
              {t('meeting:addOther')}
            </Button>
          </div>
          <p className="row">
            <Button
              variant="main"
              onPress={() => form.set(begin(meeting, wallClockOf(Date.now())))}
            >
              {t('meeting:begin')}
            </Button>
            {form.state !== 'untouched' && (
              <Button variant="flat" onPress={form.discard}>
                {t('meeting:clear')}
              </Button>
            )}
          </p>
        </div>
      </Card>
    </div>
  );
};
