import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unit } from '#shared/domain/directory.ts';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { Select } from '#renderer/components/select.tsx';
import { SearchField, TextField } from '#renderer/components/text-field.tsx';
import { useSaveUnitMutation } from '#renderer/store/calls/administration-api.ts';
import { useDirectory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useFieldProblemWords } from '../problems/index.ts';
import { ProblemBox, TableBox } from './parts.tsx';

type UnitForm = Omit<Unit, 'id'> & { readonly id: string | null };

const sectors = ['joint', 'social', 'health'] as const;

const UnitDialog = ({
  start,
  onClose,
}: {
  readonly start: UnitForm;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('administration');
  const fieldWords = useFieldProblemWords();
  const [unit, setUnit] = useState(start);
  const [isChecked, setChecked] = useState(false);
  const [save, { isLoading, error }] = useSaveUnitMutation();
  const isNameless = unit.name.trim() === '';
  const carryOut = async (): Promise<void> => {
    setChecked(true);
    if (isLoading || isNameless) return;
    const done = await save(unit);
    if (done.error === undefined) onClose();
  };
  return (
    <Dialog
      title={unit.id === null ? t('units.new') : t('units.change')}
      isOpen
      onClose={onClose}
      isQuestion
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void carryOut()}>
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <TextField
          label={t('units.name')}
          value={unit.name}
          onChange={(name) => setUnit({ ...unit, name })}
          autoFocus
          {...(isChecked && isNameless ? { error: fieldWords('required') } : {})}
        />
        <TextField
          label={t('units.municipality')}
          value={unit.municipality}
          onChange={(municipality) => setUnit({ ...unit, municipality })}
        />
        <Select
          label={t('units.sector')}
          value={unit.sector}
          onChange={(sector) => setUnit({ ...unit, sector })}
          options={sectors.map((id) => ({ id, label: t(`units.sectors.${id}`) }))}
        />
        <ProblemBox problem={error === undefined ? null : problemOf(error)} />
      </div>
    </Dialog>
  );
};

/** The region's units, as every device knows them. */
export const UnitsTab = () => {
  const { t } = useTranslation('administration');
  const directory = useDirectory();
  const [search, setSearch] = useState('');
  const [editing, setEditing] = useState<UnitForm | null>(null);
  const sought = search.trim().toLocaleLowerCase('fi');
  const units = [...directory.units.values()]
    .filter((unit) => `${unit.name} ${unit.municipality}`.toLocaleLowerCase('fi').includes(sought))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'fi'));
  return (
    <>
      <div className="administration-tools">
        <SearchField
          label={t('units.search')}
          hideLabel
          placeholder={t('units.search')}
          value={search}
          onChange={setSearch}
        />
        <Button
          variant="main"
          icon="plus"
          onPress={() => setEditing({ id: null, name: '', municipality: '', sector: 'joint' })}
        >
          {t('units.new')}
        </Button>
      </div>
      <Card title={t('tab.units')} note={String(units.length)} flush>
        <TableBox
          label={t('tab.units')}
          columns={[t('units.name'), t('units.municipality'), t('units.sector'), t('actions')]}
        >
          {units.map((unit) => (
            <tr key={unit.id}>
              <th scope="row">{unit.name}</th>
              <td>{unit.municipality}</td>
              <td>{t(`units.sectors.${unit.sector}`)}</td>
              <td className="administration-act">
                <Button
                  variant="flat"
                  aria-label={t('changeOf', { name: unit.name })}
                  onPress={() => setEditing(unit)}
                >
                  {t('change')}
                </Button>
              </td>
            </tr>
          ))}
        </TableBox>
      </Card>
      {editing && <UnitDialog start={editing} onClose={() => setEditing(null)} />}
    </>
  );
};
