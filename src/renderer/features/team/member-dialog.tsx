import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '#shared/contract/calls.ts';
import type { ClientView } from '#shared/contract/views.ts';
import { findCode, jointPlan, taskClasses } from '#shared/domain/codes.ts';
import { teamRoles } from '#shared/domain/records/team.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import { Select } from '#renderer/components/select.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useWriteRecordsMutation } from '#renderer/store/calls/records-api.ts';
import { normalised, valueProblems } from '#renderer/store/editing/value-problems.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { makeId } from '#renderer/store/make-id.ts';
import { usePeopleOptions } from '../editing/index.ts';
import { AccessPreview } from '../permissions/index.ts';
import { teamOf } from '../plan-model/index.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import { ConsentNote } from './consent-note.tsx';
import { namesakes, tasksFor } from './team-facts.ts';

type Role = (typeof teamRoles)[number];

export type MemberDialogProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly onClose: () => void;
};

/** Somebody joins the client's team: from that day on, and no longer than said, they see the client. */
export const MemberDialog = ({ view, directory, onClose }: MemberDialogProps) => {
  const { t, i18n } = useTranslation(['team', 'records']);
  const language = languageOf(i18n.language);
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const today = useToday();
  const people = usePeopleOptions({ view, directory });
  const [recordId] = useState(makeId);
  const [personId, setPersonId] = useState<string | null>(null);
  const [role, setRole] = useState<Role>('participant');
  const [taskIndex, setTaskIndex] = useState(0);
  const [supervisorId, setSupervisorId] = useState<string | null>(null);
  const [validFrom, setValidFrom] = useState<string | null>(today);
  const [validTo, setValidTo] = useState<string | null>(null);
  const [ground, setGround] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [write, { isLoading, error }] = useWriteRecordsMutation();

  const person = personId === null ? undefined : directory.people.get(personId);
  const tasks = useMemo(() => (person ? tasksFor(person, today) : []), [person, today]);
  const task = tasks[taskIndex] ?? tasks[0];
  const value = useMemo<JsonObject>(
    () =>
      normalised({
        personId,
        profession: task?.profession ?? 'other-professional',
        taskClass: task?.taskClass ?? 'support-and-administration',
        role,
        validFrom,
        validTo,
        ground,
        supervisorId: role === 'student' ? supervisorId : null,
      }),
    [personId, task, role, validFrom, validTo, ground, supervisorId],
  );
  const problems = useMemo(() => valueProblems('membership', 'grant', value), [value]);
  const asked = useMemo(
    (): CallInput<'access.preview'> | null =>
      Object.keys(problems).length > 0
        ? null
        : {
            caseId: view.caseId,
            kind: 'membership',
            recordId,
            value: { ...value },
          },
    [problems, value, view.caseId, recordId],
  );
  const errorOf = (field: string): { readonly error?: string } => {
    const problem = problems[field];
    // A wrong order of days is told at once: both stand there already.
    const isTold = isChecked || problem === 'ends-before-it-begins';
    return isTold && problem !== undefined
      ? { error: fieldWords(value[field] === null ? 'required' : problem) }
      : {};
  };
  const supervisors = useMemo(() => {
    const guiding = new Set(
      teamOf(view, today)
        .filter(
          ({ when, grant }) =>
            when === 'current' && grant.role !== 'student' && grant.role !== 'external',
        )
        .map(({ grant }) => grant.personId),
    );
    return people.filter(({ id }) => guiding.has(id) && id !== personId);
  }, [view, today, people, personId]);
  const unitOf = (unitId: string | null): string =>
    unitId === null ? '' : (directory.units.get(unitId)?.name ?? t('records:someUnit'));
  const sameName = person ? namesakes(directory.people.values(), person) : 0;

  const add = async (): Promise<void> => {
    setChecked(true);
    if (isLoading || Object.keys(problems).length > 0) return;
    const done = await write({
      caseId: view.caseId,
      edits: [
        {
          recordId,
          kind: 'membership',
          compartment: jointPlan,
          group: 'grant',
          value: { ...value },
          basedOn: [],
        },
      ],
    });
    if (done.error === undefined) onClose();
  };

  return (
    <Dialog
      title={t('add.title')}
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        <>
          <Button onPress={onClose}>{t('add.cancel')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void add()}>
            {t('add.make')}
          </Button>
        </>
      }
    >
      <div className="team-adding">
        <div className="team-form">
          <div className="team-wide">
            <ComboBox
              label={t('records:field.member')}
              options={people}
              value={personId}
              onChange={(id) => {
                setPersonId(id);
                setTaskIndex(0);
                const chosen = id === null ? undefined : directory.people.get(id);
                if (chosen?.taskClass === 'external-partner') setRole('external');
                else if (role === 'external') setRole('participant');
              }}
              autoFocus
              {...(sameName > 1 ? { description: t('add.sameName', { count: sameName }) } : {})}
              {...errorOf('personId')}
            />
            {person && task && (
              <p className="text-s muted">
                <PlainText
                  text={[
                    professionWord(task.profession, language),
                    findCode(taskClasses, task.taskClass)?.[language] ?? '',
                    unitOf(task.unitId),
                  ]
                    .filter((word) => word !== '')
                    .join(' · ')}
                />
              </p>
            )}
          </div>
          {tasks.length > 1 && (
            <div className="team-wide">
              <Select
                label={t('add.task')}
                value={String(taskIndex)}
                onChange={(index) => setTaskIndex(Number(index))}
                options={tasks.map((each, index) => ({
                  id: String(index),
                  label: findCode(taskClasses, each.taskClass)?.[language] ?? each.taskClass,
                  note: [professionWord(each.profession, language), unitOf(each.unitId)]
                    .filter((word) => word !== '')
                    .join(', '),
                  profession: each.profession,
                }))}
              />
            </div>
          )}
          <div className="team-wide">
            <Select
              label={t('records:field.teamRole')}
              value={role}
              onChange={setRole}
              options={teamRoles.map((id) => ({ id, label: t(`records:teamRole.${id}`) }))}
            />
          </div>
          {role === 'external' && person && (
            <div className="team-wide">
              <ConsentNote view={view} person={person} />
            </div>
          )}
          {role === 'student' && (
            <div className="team-wide">
              <ComboBox
                label={t('records:field.supervisor')}
                options={supervisors}
                value={supervisorId}
                onChange={setSupervisorId}
                isRequired
                description={t('add.supervisorNote')}
                {...errorOf('supervisorId')}
              />
            </div>
          )}
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
        <AccessPreview asked={asked} directory={directory} />
      </div>
    </Dialog>
  );
};
