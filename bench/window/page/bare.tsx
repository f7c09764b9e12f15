import { createElement, useEffect, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Snapshot } from './snapshot.ts';

// A page that has everything in memory and draws the same elements as the program, at every key.

const booleans = new Set([
  'disabled',
  'checked',
  'readonly',
  'inert',
  'hidden',
  'open',
  'autofocus',
]);
const renamed: Readonly<Record<string, string>> = {
  class: 'className',
  for: 'htmlFor',
  value: 'defaultValue',
  checked: 'defaultChecked',
  tabindex: 'tabIndex',
  readonly: 'readOnly',
};

const styleOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(';')
      .map((line) => line.split(':'))
      .filter((parts) => parts.length > 1)
      .map(([name = '', ...value]) => [
        name.trim().startsWith('--')
          ? name.trim()
          : name.trim().replaceAll(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase()),
        value.join(':').trim(),
      ]),
  );

const propertyOf = (name: string, value: string): readonly [string, unknown] => {
  if (name === 'style') return ['style', styleOf(value)];
  return [renamed[name] ?? name, booleans.has(name) ? true : value];
};

const draw = (shown: Snapshot, key: number): ReactNode => {
  if (typeof shown === 'string') return shown;
  const properties = Object.fromEntries(
    Object.entries(shown.attributes).map(([name, value]) => propertyOf(name, value)),
  );
  return createElement(shown.tag, { ...properties, key }, ...shown.children.map(draw));
};

const Bare = ({ screens }: { readonly screens: readonly Snapshot[] }) => {
  const [number, setNumber] = useState(0);
  useEffect(() => {
    const next = (): void => setNumber((before) => before + 1);
    addEventListener('keydown', next);
    return () => removeEventListener('keydown', next);
  }, []);
  const screen = screens[number % screens.length];
  return screen === undefined ? null : draw(screen, 0);
};

const root = document.createElement('div');
root.id = 'root';
document.body.append(root);
const answer = await fetch('./screens.json');
createRoot(root).render(<Bare screens={(await answer.json()) as readonly Snapshot[]} />);
