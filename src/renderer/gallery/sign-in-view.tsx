import { useState } from 'react';
import { BrandMark } from '../components/brand-mark.tsx';
import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { ProfessionMark } from '../components/profession-mark.tsx';
import { SegmentedControl } from '../components/segmented-control.tsx';
import { SignInBraid } from '../components/sign-in-braid.tsx';
import { Tag } from '../components/tag.tsx';
import { TextField } from '../components/text-field.tsx';

export const SignInView = () => {
  const [language, setLanguage] = useState('fi');
  return (
    <div className="gallery-sign-in">
      <SignInBraid />
      <main>
        <div className="row">
          <BrandMark size={26} tile />
          <b className="text-l">Punos</b>
          <span className="end">
            <SegmentedControl
              label="Kieli"
              value={language}
              onChange={setLanguage}
              segments={[
                { id: 'fi', label: 'Suomi' },
                { id: 'sv', label: 'Svenska', lang: 'sv' },
                { id: 'en', label: 'English', lang: 'en' },
              ]}
            />
          </span>
        </div>
        <h1 className="text-2xl">Kuka jatkaa?</h1>
        <Card label="Kaisa Vuorela">
          <div className="stack">
            <div className="row">
              <ProfessionMark profession="social-worker" size="big" />
              <b>Kaisa Vuorela</b>
              <span className="end">
                <Tag tone="warn">3 muutosta odottaa lähetystä</Tag>
              </span>
            </div>
            <TextField label="Tunnuslause" type="password" defaultValue="lumikenkäpolku" />
            <Button variant="main">Avaa</Button>
          </div>
        </Card>
      </main>
    </div>
  );
};
