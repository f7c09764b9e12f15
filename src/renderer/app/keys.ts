import { useEffect } from 'react';

export type KeyActions = {
  readonly find: () => void;
  readonly lock: () => void;
  readonly keys: () => void;
  /** Takes back what one wrote last; false where there is nothing of the kind. */
  readonly undo: () => boolean;
  /** False where the key is left to the page. */
  readonly print: () => boolean;
  /** Ctrl B: a second client beside the one that is open; false where none is. */
  readonly beside: () => boolean;
  /** F6: from one of two clients to the other; false where there is one. */
  readonly otherSide: () => boolean;
  /** Ctrl 1–9: the main menu, from 0. */
  readonly menu: (index: number) => void;
  /** Alt 1–9: the tabs of a client, from 0. */
  readonly tab: (index: number) => void;
  /** Alt 0: rows and buttons for a finger, or for a desk. */
  readonly density: () => void;
};

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>;

export type KeyAction = {
  readonly [N in keyof KeyActions]: Parameters<KeyActions[N]> extends [number]
    ? { readonly action: N; readonly index: number }
    : { readonly action: N };
}[keyof KeyActions];

/** What a key of the whole program asks for. `inField`: somebody is writing there. */
export const keyActionOf = (press: KeyPress, inField: boolean): KeyAction | null => {
  if (press.metaKey) return null;
  const digit = /^(?:Digit|Numpad)([1-9])$/u.exec(press.code)?.[1];
  if (press.ctrlKey && !press.altKey && !press.shiftKey) {
    if (press.key.toLowerCase() === 'k') return { action: 'find' };
    if (press.key.toLowerCase() === 'l') return { action: 'lock' };
    if (press.key.toLowerCase() === 'z') return inField ? null : { action: 'undo' };
    if (press.key.toLowerCase() === 'p') return { action: 'print' };
    if (press.key.toLowerCase() === 'b') return { action: 'beside' };
    return digit === undefined ? null : { action: 'menu', index: Number(digit) - 1 };
  }
  if (press.key === 'F6' && !press.ctrlKey && !press.altKey) return { action: 'otherSide' };
  if (press.altKey && !press.ctrlKey && /^(?:Digit|Numpad)0$/u.test(press.code)) {
    return { action: 'density' };
  }
  if (press.altKey && !press.ctrlKey && digit !== undefined) {
    return { action: 'tab', index: Number(digit) - 1 };
  }
  return press.key === '?' && !inField && !press.ctrlKey && !press.altKey
    ? { action: 'keys' }
    : null;
};

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable], [role=spinbutton]') !== null;

/** The keys that work everywhere while somebody is at the desk. */
export const useKeys = (actions: KeyActions): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const asked = keyActionOf(event, isField(event.target));
      if (asked === null) return;
      const taken =
        asked.action === 'menu' || asked.action === 'tab'
          ? actions[asked.action](asked.index)
          : actions[asked.action]();
      if (taken !== false) event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [actions]);
};
