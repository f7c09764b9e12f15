import { describe, expect, it } from 'vitest';
import { commandsFound, type Command } from './commands.ts';

const command = (label: string): Command => ({ id: label, label, keys: '', run: () => undefined });
const commands = ['Oma päivä', 'Oma loki', 'Lukitse', 'Suunnitelma'].map(command);
const found = (query: string) => commandsFound(commands, query).map(({ label }) => label);

describe('commands found by their words', () => {
  it('need every typed word to begin one of theirs, whatever the diacritics', () => {
    expect(found('oma')).toEqual(['Oma päivä', 'Oma loki']);
    expect(found('paiva om')).toEqual(['Oma päivä']);
    expect(found('oma suunnitelma')).toEqual([]);
  });

  it('are none where nothing, or nothing but signs, was typed', () => {
    expect(found('')).toEqual([]);
    expect(found(' – ')).toEqual([]);
  });
});
