import { useState } from 'react';
import { Banner } from '../components/banner.tsx';
import { Button, IconButton, TextLink } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { Checkbox, ChoiceGroup } from '../components/checkbox.tsx';
import { ClientWords } from '../components/client-words.tsx';
import { ComboBox } from '../components/combo-box.tsx';
import { DateField } from '../components/date-field.tsx';
import { Dialog, Sheet } from '../components/dialog.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { Icon, iconNames } from '../components/icon.tsx';
import { Kbd } from '../components/kbd.tsx';
import { Menu } from '../components/menu.tsx';
import { PlainText } from '../components/plain-text.tsx';
import { ProfessionName } from '../components/profession-mark.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { Select } from '../components/select.tsx';
import { ChangedMark, ForkSign, GapSign, GapTag, TrendSign } from '../components/signs.tsx';
import { StatusSign } from '../components/status-sign.tsx';
import { slotsOf, StrandGutter } from '../components/strand-gutter.tsx';
import { SyncSign, type SyncState } from '../components/sync-sign.tsx';
import { Tag } from '../components/tag.tsx';
import { TextArea, TextField } from '../components/text-field.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import { WordDiff } from '../components/word-diff.tsx';

const professions = [
  'social-worker',
  'social-counsellor',
  'service-coordinator',
  'family-worker',
  'doctor',
  'nurse',
  'home-care-nurse',
  'physiotherapist',
  'occupational-therapist',
  'psychologist',
  'speech-therapist',
  'nutrition-therapist',
  'dentist',
  'midwife',
  'asiakas',
];

const people = [
  { id: 'ville', label: 'Ville Saarela', note: 'fysioterapeutti', profession: 'physiotherapist' },
  {
    id: 'jenna',
    label: 'Jenna Huttula',
    note: 'kotihoidon hoitaja',
    profession: 'home-care-nurse',
  },
  { id: 'antti', label: 'Antti Rautakoski', note: 'lääkäri', profession: 'doctor' },
];

const syncStates = (now: number): readonly SyncState[] => [
  { kind: 'region-has-all', at: now - 120_000 },
  { kind: 'only-here', waiting: 3 },
  { kind: 'offline', waiting: 3, until: now + 72 * 3_600_000 },
  { kind: 'refused', count: 1 },
  { kind: 'trouble', waiting: 2 },
];

const Fields = () => {
  const [date, setDate] = useState<string | null>('2027-01-31');
  const [empty, setEmpty] = useState<string | null>(null);
  const [area, setArea] = useState<string | null>('home');
  const [person, setPerson] = useState<string | null>('ville');
  const [choice, setChoice] = useState<'mine' | 'theirs' | 'both' | null>('both');
  return (
    <Card title="Kentät">
      <TextField label="Nimi" defaultValue="Aune Kivimetsä" description="Niin kuin rekisterissä." />
      <TextField
        label="Henkilötunnus"
        defaultValue="140347-926X"
        error="Tarkistusmerkki ei täsmää."
      />
      <TextField label="Yksikkö" isDisabled defaultValue="Koivuranta" />
      <TextArea label="Omin sanoin" voice="client" defaultValue="Haluan päästä saunaan." />
      <div className="row row-top">
        <DateField label="Tarkistus" value={date} onChange={setDate} />
        <DateField label="Alkaa" value={empty} onChange={setEmpty} error="Anna päivä." />
      </div>
      <Select
        label="Elämänalue"
        value={area}
        onChange={setArea}
        options={[
          { id: 'home', label: 'Liikkuminen ja koti' },
          { id: 'food', label: 'Ravinto ja paino' },
        ]}
      />
      <ComboBox label="Vastaa" options={people} value={person} onChange={setPerson} />
      <Checkbox defaultSelected>Asiakas on mukana</Checkbox>
      <Checkbox>Läheinen on mukana</Checkbox>
      <Checkbox isDisabled>Etänä</Checkbox>
      <ChoiceGroup
        label="Miten ratkaistaan?"
        value={choice}
        onChange={setChoice}
        choices={[
          { id: 'mine', label: 'Pidä minun' },
          { id: 'theirs', label: 'Pidä Villen' },
          { id: 'both', label: 'Kirjoita yhteinen', description: 'Pohjana kummankin muutokset' },
        ]}
      />
    </Card>
  );
};

const Controls = () => {
  const [isDialogOpen, setDialogOpen] = useState(false);
  const [isSheetOpen, setSheetOpen] = useState(false);
  return (
    <Card title="Painikkeet" note="ja mitä ne avaavat">
      <div className="row row-wrap">
        <Button variant="main" icon="plus">
          Lisää tarve
        </Button>
        <Button icon="print">Tulosta</Button>
        <Button variant="flat">Tallenna kesken</Button>
        <Button variant="bad">Poista…</Button>
        <Button variant="fork">
          Ratkaise yhteisellä <Kbd keys="Ctrl ↵" />
        </Button>
        <Button isDisabled>Ei nyt</Button>
        <Button isPending>Haetaan</Button>
        <Tooltip text="Lukitse (Ctrl L)">
          <IconButton icon="lock" label="Lukitse" />
        </Tooltip>
        <TextLink href="?view=parts">Kirjaa syy</TextLink>
      </div>
      <div className="row row-wrap">
        <Button onPress={() => setDialogOpen(true)}>Avaa ikkuna</Button>
        <Button onPress={() => setSheetOpen(true)}>Avaa sivulehti</Button>
        <Menu
          label="Rivin toiminnot"
          trigger={<IconButton icon="more" label="Lisää toimintoja" />}
          onAction={() => undefined}
          entries={[
            { id: 'up', label: 'Siirrä ylös', icon: 'arrowUp', keys: 'Alt ↑' },
            { id: 'down', label: 'Siirrä alas', icon: 'arrowDown', keys: 'Alt ↓' },
            { id: 'remove', label: 'Poista…', isBad: true },
          ]}
        />
      </div>
      <Dialog
        title="Miksi poistat?"
        isOpen={isDialogOpen}
        onClose={() => setDialogOpen(false)}
        isQuestion
        actions={
          <>
            <Button onPress={() => setDialogOpen(false)}>Peruuta</Button>
            <Button variant="bad">Poista</Button>
          </>
        }
      >
        <p>Versio säilyy historiassa.</p>
        <TextArea label="Syy" autoFocus />
      </Dialog>
      <Sheet title="Tavoite 1.1" isOpen={isSheetOpen} onClose={() => setSheetOpen(false)}>
        <TextField label="Sanoitus" defaultValue="Kävelee postilaatikolle" />
      </Sheet>
    </Card>
  );
};

export const PartsView = ({ now }: { readonly now: number }) => (
  <div className="page-body gallery-columns">
    <h1 className="visually-hidden">Osat</h1>
    <div className="stack">
      <Fields />
    </div>
    <div className="stack">
      <Controls />
      <Card title="Merkit" more={<GapTag count={5} />}>
        <div className="row row-wrap">
          <StatusSign of="need" status="open" />
          <StatusSign of="need" status="in-progress" />
          <StatusSign of="need" status="resolved" />
          <StatusSign of="need" status="no-longer-relevant" />
        </div>
        <div className="row row-wrap">
          <StatusSign of="goal" status="proposed" />
          <StatusSign of="goal" status="agreed" />
          <StatusSign of="goal" status="active" />
          <StatusSign of="goal" status="on-hold" />
          <StatusSign of="goal" status="ended" />
          <StatusSign of="goal" status="cancelled" />
          <StatusSign of="achievement" status="achieved" />
          <StatusSign of="achievement" status="not-achieved" />
        </div>
        <div className="row row-wrap">
          <StatusSign of="action" status="done" />
          <StatusSign of="action" status="not-done" />
          <TrendSign trend="better" />
          <TrendSign trend="same" />
          <TrendSign trend="worse" />
          <GapSign gap="responsible" />
          <GapSign gap="deputy" />
          <ForkSign />
          <ChangedMark />
        </div>
        <div className="row row-wrap">
          <Tag>Odottaa</Tag>
          <Tag tone="ok" icon="check">
            alueella
          </Tag>
          <Tag tone="warn">4 pv hiljaa</Tag>
          <Tag tone="bad">1</Tag>
          <Tag tone="info">Uusi vastaus</Tag>
          <Tag tone="fork">2 versiota</Tag>
          <Tag tone="line">2 rekisteriä</Tag>
        </div>
        <ChangedMark>
          <b>Muuttunut</b> Ville Saarela 23.11.
        </ChangedMark>
        <ClientWords big text="Kotona asuminen. Että pääsen lauantaina saunaan." />
        <p>
          <WordDiff
            tokens={[
              { kind: 'same', text: 'Aune käy saunassa ' },
              { kind: 'removed', text: 'kotihoidon' },
              { kind: 'same', text: ' ' },
              { kind: 'added', text: 'tyttären' },
              { kind: 'same', text: ' kanssa.' },
            ]}
          />
        </p>
        <p>
          <PlainText text={'annos \u202e5,2 mg\u0007 <img src=x onerror=alert(1)>'} />
        </p>
        <div className="gallery-gutter">
          <StrandGutter
            slots={slotsOf(professions)}
            strands={[
              { profession: 'social-worker', role: 'answers' },
              { profession: 'doctor', role: 'informed' },
              { profession: 'nurse', role: 'does' },
            ]}
          />
        </div>
        <div className="row row-wrap">
          {iconNames.map((name) => (
            <Icon key={name} name={name} size={18} />
          ))}
        </div>
      </Card>
    </div>
    <div className="stack">
      <Card title="Ammatit">
        <div className="row row-wrap">
          {professions.map((profession) => (
            <ProfessionName key={profession} profession={profession} />
          ))}
        </div>
        <ProfessionName
          profession="psychologist"
          person="Iida Lahti"
          withProfession
          size="medium"
        />
      </Card>
      <Card title="Missä työ on">
        {syncStates(now).map((state) => (
          <SyncSign key={state.kind} state={state} now={now} place="line" />
        ))}
        <div className="gallery-rail">
          {syncStates(now).map((state) => (
            <div key={state.kind}>
              <SyncSign state={state} now={now} onPress={() => undefined} />
            </div>
          ))}
        </div>
      </Card>
      <Banner tone="info" icon="offline" announce="polite">
        Ei verkkoa. Voit jatkaa pe 27.11. asti.
      </Banner>
      <Banner tone="warn" shape="box">
        Keino 1.2.2 jää ristiriitaan.
      </Banner>
      <Banner tone="bad" shape="box" title="Hätäkatselu." actions={<Button>Lopeta</Button>}>
        52 min jäljellä. Asiakas näkee tämän lokista.
      </Banner>
      <Banner tone="fork" shape="box" title="Tavoitteesta 1.2 on kaksi versiota.">
        Kumpikin on tallessa.
      </Banner>
      <Card title="Edistyminen">
        <ProgressBar
          label="Veikko Harjula"
          share={0.64}
          words="1 240 / 1 930 · noin 20 s"
          action={<Button variant="flat">Keskeytä</Button>}
        />
        <ProgressBar label="Haetaan suunnitelmaa" words="noin 20 s" />
      </Card>
      <Card title="Tarpeet">
        <EmptyState action={<Button icon="plus">Lisää tarve</Button>}>
          Ei vielä tarpeita. Aloita asiakkaan omista sanoista.
        </EmptyState>
      </Card>
    </div>
  </div>
);
