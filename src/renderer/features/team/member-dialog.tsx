import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { newId } from '#shared/domain/ids.ts';
import { teamRoles } from '#shared/domain/records/team.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { Select } from '#renderer/components/select.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useWriteRecordsMutation } from '#renderer/store/contract-api.ts';
import { normalised, valueProblems } from '#renderer/store/editing/value-problems.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { usePeopleOptions } from '../editing/index.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';

type Role = (typeof teamRoles)[number];

export type MemberDialogProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

/** Somebody joins the client's team: from that day on, and no longer than said, they see the client. */
export const MemberDialog = ({ view, directory, isOpen, onClose }: MemberDialogProps) => {
  const { t } = useTranslation(['team', 'records']);
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const today = useToday();
  const people = usePeopleOptions({ view, directory });
  const [personId, setPersonId] = useState<string | null>(null);
  const [role, setRole] = useState<Role>('participant');
  const [validFrom, setValidFrom] = useState<string | null>(today);
  const [validTo, setValidTo] = useState<string | null>(null);
  const [ground, setGround] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [write, { isLoading, error }] = useWriteRecordsMutation();

  const person = personId === null ? undefined : directory.people.get(personId);
  const value = useMemo<JsonObject>(
    () =>
      normalised({
        personId,
        profession: person?.profession ?? 'other-professional',
        taskClass: person?.taskClass ?? 'support-and-administration',
        role,
        validFrom,
        validTo,
        ground,
      }),
    [personId, person, role, validFrom, validTo, ground],
  );
  const problems = valueProblems('membership', 'grant', value);
  const errorOf = (field: string): { readonly error?: string } => {
    const problem = problems[field];
    return isChecked && problem !== undefined
      ? { error: fieldWords(value[field] === null ? 'required' : problem) }
      : {};
  };

  const add = async (): Promise<void> => {
    setChecked(true);
    if (isLoading || Object.keys(problems).length > 0) return;
    const done = await write({
      caseId: view.caseId,
      edits: [
        {
          recordId: newId(Date.now(), (length) => crypto.getRandomValues(new Uint8Array(length))),
          kind: 'membership',
          compartment: jointPlan,
          group: 'grant',
          value: { ...value },
          basedOn: [],
        },
      ],
    });
    if (done.error !== undefined) return;
    setPersonId(null);
    setGround('');
    setValidTo(null);
    setChecked(false);
    onClose();
  };

  return (
    <Dialog
      title={t('add.title')}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('add.cancel')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void add()}>
            {t('add.make')}
          </Button>
        </>
      }
    >
      <div className="team-form">
        <div className="team-wide">
          <ComboBox
            label={t('records:field.member')}
            options={people}
            value={personId}
            onChange={setPersonId}
            autoFocus
            {...errorOf('personId')}
          />
        </div>
        <div className="team-wide">
          <Select
            label={t('records:field.teamRole')}
            value={role}
            onChange={setRole}
            options={teamRoles.map((id) => ({ id, label: t(`records:teamRole.${id}`) }))}
          />
        </div>
        <DateField
          label={t('records:field.validFrom')}
          value={validFrom}
          onChange={setValidFrom}
          {...errorOf('validFrom')}
        />
        <DateField
          label={t('records:field.validTo')}
          value={validTo}
          onChange={setValidTo}
          description={t('add.openEnded')}
          {...errorOf('validTo')}
        />
        <div className="team-wide">
          <TextField
            label={t('records:field.ground')}
            value={ground}
            onChange={setGround}
            {...errorOf('ground')}
          />
        </div>
        <p className="team-wide muted text-s">{t('add.note')}</p>
        {error !== undefined && (
          <div className="team-wide">
            <Banner tone="bad" shape="box" announce="assertive">
              {words(problemOf(error))}
            </Banner>
          </div>
        )}
      </div>
    </Dialog>
  );
};
