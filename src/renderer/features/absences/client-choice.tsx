import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { IconButton } from '#renderer/components/button.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { useSearchClientsQuery } from '#renderer/store/calls/clients-api.ts';
import { clientName } from '../clients/index.ts';

/** Clients to choose among at most: those of this computer, by name. */
const mostClients = 500;

export type ClientChoiceProps = {
  readonly value: readonly Id[];
  readonly onChange: (caseIds: readonly Id[]) => void;
  /** Clients who are handed over too, and who are hidden from this person. */
  readonly hidden: number;
  readonly error?: string;
};

/** The clients handed over, one by one. */
export const ClientChoice = ({ value, onChange, hidden, error }: ClientChoiceProps) => {
  const { t } = useTranslation('absences');
  const { data } = useSearchClientsQuery({
    query: '',
    sort: 'name',
    descending: false,
    offset: 0,
    limit: mostClients,
  });
  const names = useMemo(
    () => new Map(data?.rows.map((row) => [row.caseId, clientName(row)])),
    [data],
  );
  const options = useMemo(
    () =>
      (data?.rows ?? [])
        .filter((row) => !value.includes(row.caseId))
        .map((row) => ({
          id: row.caseId,
          label: clientName(row),
          note: row.personalIdentityCode ?? row.unitName,
        })),
    [data, value],
  );
  const [added, setAdded] = useState(0);
  return (
    <div className="stack">
      <ComboBox
        // A choice moves to the list below, and an empty field is ready for the next.
        key={added}
        autoFocus={added > 0}
        label={t('form.addClient')}
        options={options}
        value={null}
        onChange={(id) => {
          if (id === null) return;
          onChange([...value, id]);
          setAdded(added + 1);
        }}
        {...(error === undefined ? {} : { error })}
      />
      {value.length > 0 && (
        <ul className="list" aria-label={t('form.chosen')}>
          {value.map((caseId) => {
            const name = names.get(caseId) ?? t('form.notHere');
            return (
              <li key={caseId}>
                <span className="grow">
                  <PlainText text={name} />
                </span>
                <IconButton
                  icon="close"
                  label={t('form.leaveOut', { name })}
                  onPress={() => onChange(value.filter((id) => id !== caseId))}
                />
              </li>
            );
          })}
        </ul>
      )}
      {hidden > 0 && <p className="muted text-s">{t('form.hidden', { count: hidden })}</p>}
    </div>
  );
};
