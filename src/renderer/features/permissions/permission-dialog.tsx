import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '#shared/contract/calls.ts';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { permissionsCompartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { PermissionKind } from '#shared/domain/records/permission.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { Kbd } from '#renderer/components/kbd.tsx';
import { normalised, valueProblems } from '#renderer/store/editing/value-problems.ts';
import type { Directory } from '#renderer/store/people.ts';
import { recordById } from '#renderer/store/reading.ts';
import { useToday } from '#renderer/store/use-now.ts';
import {
  DoneByKey,
  GroupFields,
  useGroupForm,
  useNewRecord,
  type GroupForm,
} from '../editing/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { AccessPreview } from './access-preview.tsx';
import { startScope, tidyScope } from './scope-value.ts';

const group = 'scope';

export type PermissionDialogProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly kind: PermissionKind;
  readonly recordId: Id;
  readonly onClose: () => void;
};

/** The form of a scope: what it no longer names leaves it as soon as another choice is made. */
const useScopeForm = (
  view: ClientView,
  kind: PermissionKind,
  recordId: Id,
  record: RecordView | undefined,
): GroupForm => {
  const today = useToday();
  const target = useMemo(
    () => ({
      caseId: view.caseId,
      recordId,
      kind,
      compartment: record?.compartment ?? permissionsCompartment,
      group,
    }),
    [view.caseId, recordId, kind, record?.compartment],
  );
  const startValue = useMemo(() => startScope(kind, today), [kind, today]);
  const form = useGroupForm(target, record, { startValue, writesItself: false });
  return useMemo(
    () => ({
      ...form,
      set: (part) => form.set(tidyScope(kind, { ...form.value, ...part })),
    }),
    [form, kind],
  );
};

/** What to ask the preview about: nothing as long as the value cannot be written. */
const askedOf = (
  view: ClientView,
  kind: PermissionKind,
  recordId: Id,
  value: JsonObject,
): CallInput<'access.preview'> | null => {
  const tidy = normalised(value);
  return Object.keys(valueProblems(kind, group, tidy)).length > 0
    ? null
    : {
        caseId: view.caseId,
        kind,
        recordId,
        value: { ...tidy },
      };
};

type FormProps = PermissionDialogProps & {
  readonly form: GroupForm;
  readonly isBusy: boolean;
  readonly problem: GroupForm['problem'];
  readonly onWrite: () => void;
  readonly isNew: boolean;
};

const ScopeForm = ({
  view,
  directory,
  kind,
  recordId,
  form,
  isBusy,
  problem,
  onWrite,
  isNew,
  onClose,
}: FormProps) => {
  const { t } = useTranslation('permissions');
  const words = useProblemWords();
  const { value } = form;
  const asked = useMemo(() => askedOf(view, kind, recordId, value), [view, kind, recordId, value]);
  return (
    <Dialog
      title={t(isNew ? `new.${kind}` : `change.${kind}`)}
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        <>
          <Button
            variant="flat"
            onPress={() => {
              form.discard();
              onClose();
            }}
          >
            {t('form.discard')}
          </Button>
          <Button onPress={onClose}>{t('form.later')}</Button>
          <Button variant="main" isPending={isBusy} onPress={onWrite}>
            {t(isNew ? 'form.make' : 'form.change')} <Kbd keys="Ctrl ↵" />
          </Button>
        </>
      }
    >
      <DoneByKey className="permission-form" onDone={onWrite}>
        <div className="stack">
          <p className="muted text-s">{t(`about.${kind}`)}</p>
          <GroupFields form={form} surroundings={{ view, directory }} autoFocus />
          <p className="group-state" aria-live="polite">
            {form.keptAt === null ? '' : t('form.kept')}
          </p>
          {problem !== null && (
            <Banner tone="bad" shape="box" announce="assertive">
              {words(problem)}
            </Banner>
          )}
        </div>
        <AccessPreview asked={asked} directory={directory} />
      </DoneByKey>
    </Dialog>
  );
};

/** A new permission, consent, prohibition or joint service. What is typed is a draft; closing keeps it. */
export const NewPermissionDialog = (props: PermissionDialogProps) => {
  const { view, kind, recordId, onClose } = props;
  const form = useScopeForm(view, kind, recordId, recordById(view, recordId));
  const { make, isMaking, problem } = useNewRecord(form, onClose);
  return (
    <ScopeForm
      {...props}
      form={form}
      isNew
      isBusy={isMaking}
      problem={form.problem ?? problem}
      onWrite={() => void make()}
    />
  );
};

/** A new version of one that is on record: the earlier ones stay in the history. */
export const ChangePermissionDialog = (props: PermissionDialogProps) => {
  const { view, kind, recordId, onClose } = props;
  const form = useScopeForm(view, kind, recordId, recordById(view, recordId));
  const [isAsked, setAsked] = useState(false);
  const isDone = isAsked && (form.state === 'written' || form.state === 'untouched');
  useEffect(() => {
    if (isDone) onClose();
  }, [isDone, onClose]);
  return (
    <ScopeForm
      {...props}
      form={form}
      isNew={false}
      isBusy={form.state === 'writing'}
      problem={form.problem}
      onWrite={() => {
        setAsked(true);
        form.write();
      }}
    />
  );
};
