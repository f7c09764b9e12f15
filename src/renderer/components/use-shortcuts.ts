import { useEffect, useRef } from 'react';

/** What a chord is told by: a part of a KeyboardEvent, so that it is tested without a window. */
export type Pressed = {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
};

/**
 * The chord as written in the list of keys: `Ctrl K`, `Alt 1`, `Ctrl Enter`, `F7`, `?`. Letters and
 * digits are told by their key, a digit under Alt by its place, since Alt may make another sign.
 */
export const chordOf = (event: Pressed): string => {
  const digit = /^Digit(\d)$/u.exec(event.code)?.[1];
  const letter = event.key.length === 1 ? event.key.toLocaleUpperCase('fi') : event.key;
  const key = (event.altKey || event.ctrlKey) && digit !== undefined ? digit : letter;
  // Shift is part of a sign such as `?`, and a modifier of a named key.
  const shift = event.shiftKey && event.key.length > 1;
  return [
    event.ctrlKey && 'Ctrl',
    event.altKey && 'Alt',
    event.metaKey && 'Meta',
    shift && 'Shift',
    key,
  ]
    .filter((part) => part !== false)
    .join(' ');
};

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable], [role=spinbutton]') !== null;

/**
 * Binds chords for as long as the caller is on the screen. A single sign such as `?` does nothing
 * while one writes. A handler may return false to leave the key to others.
 */
export const useShortcuts = (shortcuts: Readonly<Record<string, () => boolean | void>>): void => {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const chord = chordOf(event);
      const handler = latest.current[chord];
      if (handler === undefined || (chord.length === 1 && isWriting(event.target))) return;
      if (handler() !== false) event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
};
