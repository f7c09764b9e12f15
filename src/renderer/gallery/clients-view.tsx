import { useState } from 'react';
import { Card } from '../components/card.tsx';
import { formatDate, formatNumber } from '../components/format.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { PageHead } from '../components/page-head.tsx';
import { PlainText } from '../components/plain-text.tsx';
import { ProfessionName } from '../components/profession-mark.tsx';
import { Tag } from '../components/tag.tsx';
import { SearchField } from '../components/text-field.tsx';
import { type GridColumn, type GridSort, VirtualGrid } from '../components/virtual-grid.tsx';

type Client = {
  readonly name: string;
  readonly code: string;
  readonly unit: string;
  readonly custodian: string;
  readonly review: string;
  readonly versions: number;
};

const families = ['Kivimetsä', 'Nurmela', 'Salokangas', 'Rantakari', 'Hakanen', 'Lampinen'];
const given = ['Aune', 'Leila', 'Pentti', 'Eemil', 'Onni', 'Tiia', 'Veikko'];

const clientAt = (index: number): Client => ({
  name: `${families[index % 6] ?? ''} ${given[index % 7] ?? ''}`,
  code: `140347-9${String(index % 100).padStart(2, '0')}E`,
  unit: 'Koivuranta',
  custodian: 'Kaisa Vuorela',
  review: `2027-01-${String(1 + (index % 28)).padStart(2, '0')}`,
  versions: index % 9 === 4 ? 2 : 0,
});

const columns: readonly GridColumn<Client>[] = [
  {
    id: 'name',
    header: 'Nimi',
    width: 'minmax(160px, 1.4fr)',
    isSortable: true,
    cell: (client) => (
      <b>
        <PlainText text={client.name} />
      </b>
    ),
  },
  { id: 'code', header: 'Henkilötunnus', width: '120px', cell: (client) => client.code },
  {
    id: 'unit',
    header: 'Yksikkö',
    width: '140px',
    isSortable: true,
    cell: (client) => client.unit,
  },
  {
    id: 'custodian',
    header: 'Omatyöntekijä',
    width: 'minmax(140px, 1fr)',
    cell: (client) => <ProfessionName profession="social-worker" person={client.custodian} />,
  },
  {
    id: 'state',
    header: 'Tila',
    width: '110px',
    cell: (client) =>
      client.versions > 0 && (
        <Tag tone="fork" icon="fork">
          2 versiota
        </Tag>
      ),
  },
  {
    id: 'review',
    header: 'Tarkistus',
    width: '90px',
    align: 'end',
    isSortable: true,
    cell: (client) => formatDate(client.review),
  },
];

const total = 12_400;
const loaded = new Map<number, Client>();

const getRow = (index: number): Client | undefined => {
  // The last hundred never arrive: placeholder rows.
  if (index >= total - 100) return undefined;
  const known = loaded.get(index) ?? clientAt(index);
  loaded.set(index, known);
  return known;
};

export const ClientsView = () => {
  const [text, setText] = useState('');
  const [sort, setSort] = useState<GridSort>({ column: 'name', direction: 'ascending' });
  const [opened, setOpened] = useState('');
  const count = text === '' ? total : text.length > 3 ? 0 : 40;
  return (
    <>
      <PageHead title="Asiakkaat" note={`${formatNumber(count, 'fi')} asiakasta`} />
      <div className="page-body" style={{ gridTemplateRows: 'auto minmax(0, 1fr)' }}>
        <SearchField
          label="Hae asiakkaista"
          hideLabel
          placeholder="Nimi, henkilötunnus tai yksikkö"
          value={text}
          onChange={setText}
        />
        <Card label="Asiakkaat" flush>
          <VirtualGrid
            label="Asiakkaat"
            columns={columns}
            rowCount={count}
            getRow={getRow}
            sort={sort}
            onSort={setSort}
            onOpen={(client) => setOpened(client.name)}
            listKey={text}
            empty={<EmptyState>Hakusi ei osunut kehenkään. Kokeile nimen alkua.</EmptyState>}
          />
        </Card>
        <output className="text-s">{opened}</output>
      </div>
    </>
  );
};
