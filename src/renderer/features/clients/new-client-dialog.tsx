import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { skipToken } from '@reduxjs/toolkit/query/react';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { Checkbox, ChoiceGroup } from '#renderer/components/checkbox.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { Select } from '#renderer/components/select.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import {
  useCreateClientMutation,
  useSearchClientsQuery,
} from '#renderer/store/calls/clients-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { clientHref, goTo } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import { clientName } from './client-columns.tsx';
import {
  createInput,
  emptyClient,
  newClientProblems,
  serviceLanguages,
  validCode,
  type NewClient,
} from './new-client-form.ts';

export type NewClientDialogProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly directory: Directory;
  readonly ownUnitId: string | null;
  /** The code that was looked for and that nobody has; another one makes another form (its `key`). */
  readonly startCode?: string;
};

/** Somebody with this code is on this computer already: opening them is better than a second plan. */
const AlreadyHere = ({ code }: { readonly code: string | null }) => {
  const { t } = useTranslation('clients');
  const { currentData } = useSearchClientsQuery(
    code === null
      ? skipToken
      : { query: code, sort: 'name', descending: false, offset: 0, limit: 1 },
  );
  const found = currentData?.rows.find((row) => row.personalIdentityCode === code);
  if (!found) return undefined;
  return (
    <Banner
      tone="warn"
      shape="box"
      announce="polite"
      actions={<TextLink href={clientHref(found.caseId)}>{t('new.openExisting')}</TextLink>}
    >
      {t('new.alreadyHere', { name: clientName(found) })}
    </Banner>
  );
};

/** Works without a network; what was typed stays until the client is made, also when the dialog closes. */
export const NewClientDialog = ({
  isOpen,
  onClose,
  directory,
  ownUnitId,
  startCode = '',
}: NewClientDialogProps) => {
  const { t } = useTranslation('clients');
  const fieldWords = useFieldProblemWords();
  const words = useProblemWords();
  const today = useToday();
  const [client, setClient] = useState(() => ({
    ...emptyClient(ownUnitId),
    code: startCode,
  }));
  const [isChecked, setChecked] = useState(false);
  const [create, { isLoading, error, reset }] = useCreateClientMutation();
  const set = (part: Partial<NewClient>): void => setClient((before) => ({ ...before, ...part }));

  const problems = newClientProblems(client);
  const errorOf = (field: keyof typeof problems): { readonly error?: string } => {
    const problem = problems[field];
    // A wrong code is said as soon as it is as long as a code; what is missing, on trying to make it.
    const isSaid = isChecked || (field === 'code' && client.code.trim().length >= 11);
    return problem !== undefined && isSaid ? { error: fieldWords(problem) } : {};
  };
  const units = useMemo(
    () =>
      [...directory.units.values()]
        .map((unit) => ({ id: unit.id, label: unit.name, note: unit.municipality }))
        .toSorted((a, b) => a.label.localeCompare(b.label, 'fi')),
    [directory],
  );

  const make = async (): Promise<void> => {
    setChecked(true);
    if (isLoading || Object.keys(problems).length > 0) return;
    const made = await create(createInput(client));
    if (made.error !== undefined) return;
    setClient(emptyClient(ownUnitId));
    setChecked(false);
    reset();
    onClose();
    goTo(clientHref(made.data.caseId, 'plan'));
  };

  return (
    <Dialog
      title={t('new.title')}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('new.cancel')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void make()}>
            {t('new.make')}
          </Button>
        </>
      }
    >
      <form
        className="new-client"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextField
          label={t('new.familyName')}
          value={client.familyName}
          onChange={(familyName) => set({ familyName })}
          autoFocus
          isRequired
          {...errorOf('familyName')}
        />
        <TextField
          label={t('new.givenNames')}
          value={client.givenNames}
          onChange={(givenNames) => set({ givenNames })}
          isRequired
          {...errorOf('givenNames')}
        />
        <TextField
          label={t('new.preferredName')}
          value={client.preferredName}
          onChange={(preferredName) => set({ preferredName })}
        />
        <div className="new-client-wide">
          <ChoiceGroup
            label={t('new.identity')}
            value={client.identityKind}
            onChange={(identityKind) => set({ identityKind })}
            choices={[
              { id: 'code', label: t('new.byCode') },
              { id: 'temporary', label: t('new.byTemporaryId') },
              { id: 'birth-date', label: t('new.byBirthDate') },
            ]}
          />
        </div>
        {client.identityKind === 'code' && (
          <TextField
            label={t('new.code')}
            value={client.code}
            onChange={(code) => set({ code })}
            placeholder={t('new.codeShape')}
            autoComplete="off"
            {...errorOf('code')}
          />
        )}
        {client.identityKind === 'temporary' && (
          <TextField
            label={t('new.temporaryId')}
            value={client.temporaryId}
            onChange={(temporaryId) => set({ temporaryId })}
            {...errorOf('temporaryId')}
          />
        )}
        {client.identityKind === 'birth-date' && (
          <DateField
            label={t('new.birthDate')}
            value={client.birthDate}
            max={today}
            onChange={(birthDate) => set({ birthDate })}
            {...errorOf('birthDate')}
          />
        )}
        <div className="new-client-wide">
          <AlreadyHere code={validCode(client)} />
        </div>
        <Select
          label={t('new.serviceLanguage')}
          value={client.serviceLanguage}
          onChange={(serviceLanguage) => set({ serviceLanguage })}
          options={serviceLanguages.map((id) => ({ id, label: t(`records:language.${id}`) }))}
        />
        <ComboBox
          label={t('new.unit')}
          options={units}
          value={client.unitId}
          onChange={(unitId) => set({ unitId })}
        />
        <div className="new-client-wide">
          <Checkbox
            isSelected={client.interpreter}
            onChange={(interpreter) => set({ interpreter })}
          >
            {t('new.interpreter')}
          </Checkbox>
        </div>
        {error !== undefined && (
          <div className="new-client-wide">
            <Banner tone="bad" shape="box" announce="assertive">
              {words(problemOf(error))}
            </Banner>
          </div>
        )}
        <p className="new-client-wide muted text-s">{t('new.note')}</p>
        {/* Enter in a field makes the client, as a form does. */}
        <button type="submit" className="visually-hidden" tabIndex={-1}>
          {t('new.make')}
        </button>
      </form>
    </Dialog>
  );
};
