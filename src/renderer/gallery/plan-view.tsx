import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { ClientBar } from '../components/client-bar.tsx';
import { ClientWords } from '../components/client-words.tsx';
import { DateField } from '../components/date-field.tsx';
import { SidePanel } from '../components/dialog.tsx';
import { ProfessionName } from '../components/profession-mark.tsx';
import { SegmentedControl } from '../components/segmented-control.tsx';
import { ForkSign, GapSign, TrendSign } from '../components/signs.tsx';
import { type ActionStatus, StatusSign } from '../components/status-sign.tsx';
import { GutterHead, slotsOf, type Strand, StrandGutter } from '../components/strand-gutter.tsx';
import { SyncDrawing } from '../components/sync-sign.tsx';
import { TabBar } from '../components/tab-bar.tsx';
import { Tag } from '../components/tag.tsx';
import { TextArea } from '../components/text-field.tsx';
import { TreeGrid, type TreeCell } from '../components/tree-grid.tsx';
import type { TreeMove, TreeRow } from '../components/tree-moves.ts';

type PlanRow = TreeRow & {
  readonly number: string;
  readonly title: string;
  readonly words?: string;
  readonly strands: readonly Strand[];
  readonly person?: readonly [string, string];
  readonly deputy?: string;
  readonly status?: ActionStatus;
  readonly next?: string;
  readonly changed?: boolean;
  readonly forked?: boolean;
};

const start: readonly PlanRow[] = [
  {
    id: 'n1',
    level: 1,
    parentId: null,
    isOpen: true,
    number: '1',
    title: 'Liikkuminen ja koti',
    words: 'Haluan päästä itse postilaatikolle ja saunaan.',
    strands: [
      { profession: 'social-worker', role: 'answers' },
      { profession: 'home-care-nurse', role: 'does' },
      { profession: 'physiotherapist', role: 'does' },
      { profession: 'occupational-therapist', role: 'does' },
    ],
  },
  {
    id: 'g11',
    level: 2,
    parentId: 'n1',
    isOpen: true,
    number: '1.1',
    title: 'Kävelee rollaattorilla postilaatikolle ja takaisin',
    strands: [
      { profession: 'physiotherapist', role: 'answers' },
      { profession: 'home-care-nurse', role: 'does' },
      { profession: 'social-worker', role: 'informed' },
      { profession: 'doctor', role: 'informed' },
    ],
    next: '31.1.',
    changed: true,
  },
  {
    id: 'a111',
    level: 3,
    parentId: 'g11',
    number: '',
    title: 'Kotikuntoutus 2 × viikossa, 12 kertaa',
    strands: [
      { profession: 'physiotherapist', role: 'answers' },
      { profession: 'home-care-nurse', role: 'informed' },
    ],
    person: ['physiotherapist', 'Ville Saarela'],
    deputy: 'Noora Pihl',
    status: 'in-progress',
    next: '26.11.',
    changed: true,
  },
  {
    id: 'a112',
    level: 3,
    parentId: 'g11',
    number: '',
    title: 'Kävely ulkona iltapäiväkäynnillä',
    strands: [{ profession: 'home-care-nurse', role: 'answers' }],
    person: ['home-care-nurse', 'Jenna Huttula'],
    deputy: 'Mira Tuisku',
    status: 'in-progress',
    next: 'tänään',
  },
  {
    id: 'a113',
    level: 3,
    parentId: 'g11',
    number: '',
    title: 'Kynnysluiska ja tukikaiteet ulko-ovelle',
    strands: [
      { profession: 'occupational-therapist', role: 'answers' },
      { profession: 'social-worker', role: 'does' },
    ],
    person: ['occupational-therapist', 'Oona Metsälä'],
    status: 'agreed',
    next: '30.11.',
  },
  {
    id: 'g12',
    level: 2,
    parentId: 'n1',
    isOpen: true,
    number: '1.2',
    title: 'Käy saunassa kerran viikossa turvallisesti',
    strands: [
      { profession: 'social-worker', role: 'answers' },
      { profession: 'physiotherapist', role: 'does' },
      { profession: 'nurse', role: 'informed' },
    ],
    next: '31.1.',
    forked: true,
  },
  {
    id: 'a121',
    level: 3,
    parentId: 'g12',
    number: '',
    title: 'Pesutuoli ja liukueste saunaan',
    strands: [{ profession: 'occupational-therapist', role: 'answers' }],
    person: ['occupational-therapist', 'Oona Metsälä'],
    deputy: '–',
    status: 'done',
    next: '12.11.',
  },
  {
    id: 'n2',
    level: 1,
    parentId: null,
    isOpen: false,
    number: '2',
    title: 'Ravinto ja paino',
    words: 'Ruoka ei maistu, kun syö yksin.',
    strands: [{ profession: 'nutrition-therapist', role: 'answers' }],
  },
];

const slots = slotsOf(start.flatMap((row) => row.strands.map((strand) => strand.profession)));

const cellsOf = (row: PlanRow): readonly TreeCell[] => {
  const strands: TreeCell = {
    column: 'strands',
    content: <StrandGutter slots={slots} strands={row.strands} />,
  };
  const name = (
    <>
      <b>{row.number}</b>
      {row.level === 1 ? <b>{row.title}</b> : <span className="grow">{row.title}</span>}
      {row.words !== undefined && (
        <span className="cut muted">
          <ClientWords text={row.words} />
        </span>
      )}
    </>
  );
  if (row.level === 1) {
    return [strands, { column: 'title', content: name, isMain: true, span: 5 }];
  }
  return [
    strands,
    { column: 'title', content: name, isMain: true },
    {
      column: 'who',
      content:
        row.person === undefined ? (
          <TrendSign trend="better" />
        ) : (
          <ProfessionName profession={row.person[0]} person={row.person[1]} size="small" />
        ),
    },
    {
      column: 'deputy',
      content: row.forked ? (
        <ForkSign />
      ) : row.deputy === undefined && row.level === 3 ? (
        <GapSign gap="deputy" />
      ) : (
        <span className="muted cut">{row.deputy}</span>
      ),
    },
    {
      column: 'status',
      content:
        row.status === undefined ? (
          <StatusSign of="goal" status="active" />
        ) : (
          <StatusSign of="action" status={row.status} />
        ),
    },
    { column: 'next', content: <span className="muted">{row.next}</span> },
  ];
};

/** Puts a row and what hangs on it after its new elder sibling, or first under its parent. */
const moved = (rows: readonly PlanRow[], move: TreeMove): readonly PlanRow[] => {
  const blockOf = (id: string): readonly PlanRow[] => {
    const index = rows.findIndex((row) => row.id === id);
    const level = rows[index]?.level ?? 0;
    const rest = rows.slice(index + 1);
    const end = rest.findIndex((row) => row.level <= level);
    return rows.slice(index, end < 0 ? rows.length : index + 1 + end);
  };
  const block = blockOf(move.id);
  const others = rows.filter((row) => !block.includes(row));
  const elder = move.afterId === null ? [] : blockOf(move.afterId);
  const last = elder.at(-1) ?? rows.find((row) => row.id === move.parentId);
  const at = last ? others.indexOf(last) + 1 : 0;
  return [...others.slice(0, at), ...block, ...others.slice(at)];
};

export const PlanView = () => {
  const [rows, setRows] = useState(start);
  const [selected, setSelected] = useState<string | null>('g11');
  const [filter, setFilter] = useState('all');
  const [isPanelOpen, setPanelOpen] = useState(innerWidth >= 1200);
  const [date, setDate] = useState<string | null>('2027-01-31');
  const [text, setText] = useState('Kävelee rollaattorilla postilaatikolle (80 m) ja takaisin.');
  const closed = new Set(rows.filter((row) => row.isOpen === false).map((row) => row.id));
  const isHidden = (row: PlanRow): boolean => {
    if (row.parentId === null) return false;
    if (closed.has(row.parentId)) return true;
    const parent = rows.find((each) => each.id === row.parentId);
    return parent !== undefined && isHidden(parent);
  };
  return (
    <>
      <ClientBar
        name="Aune Kivimetsä"
        facts={['79 v', '140347-926E', 'asiointikieli suomi', 'Koivuranta']}
        tags={
          <Tag tone="warn" icon="alert">
            Kaatumisriski
          </Tag>
        }
        present={
          <ProfessionName profession="physiotherapist" person="Ville Saarela" size="small" />
        }
        ground={
          <>
            Näet tämän, koska olet <b>omatyöntekijä</b>
          </>
        }
      />
      <TabBar
        label="Asiakkaan sivut"
        current="plan"
        items={[
          { id: 'overall', label: 'Kokonaiskuva', href: '?view=plan' },
          { id: 'plan', label: 'Suunnitelma', href: '?view=plan', changed: 4 },
          { id: 'notes', label: 'Kirjaukset', href: '?view=plan', changed: 2 },
          { id: 'team', label: 'Tiimi ja luvat', href: '?view=plan' },
        ]}
      />
      <div className="page-body gallery-plan">
        <div className="row row-wrap gallery-bar">
          <SegmentedControl
            label="Rajaus"
            value={filter}
            onChange={setFilter}
            segments={[
              { id: 'all', label: 'Kaikki' },
              { id: 'mine', label: 'Minun osani', profession: 'social-worker' },
              { id: 'changed', label: 'Muuttunut', dot: true, count: 4 },
              { id: 'gaps', label: 'Puutteet', icon: 'gap', count: 5 },
            ]}
          />
          <span className="row end">
            <Button icon="print">Tulosta</Button>
            <Button icon="plus" variant="main">
              Lisää tarve
            </Button>
          </span>
        </div>
        <Card label="Suunnitelma" flush>
          <TreeGrid
            label="Tarpeet, tavoitteet ja keinot"
            columns={[
              {
                id: 'strands',
                header: <GutterHead slots={slots} />,
                width: `${String(slots.length * 14 + 8)}px`,
              },
              { id: 'title', header: 'Tarve, tavoite, keino', width: 'minmax(0, 1fr)' },
              { id: 'who', header: 'Vastaa', width: '132px' },
              { id: 'deputy', header: 'Sijainen', width: '100px' },
              { id: 'status', header: 'Tila', width: '90px' },
              { id: 'next', header: 'Seuraava', width: '60px', align: 'end' },
            ]}
            rows={rows.filter((row) => !isHidden(row))}
            cells={cellsOf}
            marks={(row) => ({ changed: row.changed === true, forked: row.forked === true })}
            nameOf={(row) => row.title}
            selectedId={selected}
            onSelect={setSelected}
            onToggle={(id, open) =>
              setRows(rows.map((row) => (row.id === id ? { ...row, isOpen: open } : row)))
            }
            onEdit={() => setPanelOpen(true)}
            onMove={(move) => setRows(moved(rows, move))}
          />
        </Card>
        <SidePanel
          title="Tavoite 1.1"
          label="Valittu rivi"
          isOpen={isPanelOpen}
          onClose={() => setPanelOpen(false)}
          actions={
            <>
              <SyncDrawing kind="only-here" />
              <span className="grow">Tallennettu tällä koneella 14.52.</span>
              <Button variant="bad">Poista…</Button>
            </>
          }
        >
          <TextArea label="Sanoitus" value={text} onChange={setText} />
          <DateField label="Tarkistus" value={date} onChange={setDate} />
        </SidePanel>
      </div>
    </>
  );
};
