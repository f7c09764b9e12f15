import { useTranslation } from 'react-i18next';
import { Kbd } from '#renderer/components/kbd.tsx';

/** Every key that does something, in the order of use. */
const keys = [
  ['Ctrl K', 'find'],
  ['Ctrl L', 'lock'],
  ['Ctrl 1–8', 'menu'],
  ['Alt 1–9', 'tabs'],
  ['Alt 0', 'density'],
  ['↑ ↓', 'move'],
  ['← →', 'openClose'],
  ['F2', 'edit'],
  ['N', 'addBelow'],
  ['H', 'history'],
  ['K', 'visit'],
  ['Alt ↑ ↓', 'reorder'],
  ['F7', 'nextChange'],
  ['F8', 'nextGap'],
  ['F9', 'nextConflict'],
  ['Ctrl Enter', 'done'],
  ['Esc', 'close'],
  ['Ctrl B', 'beside'],
  ['F6', 'otherSide'],
  ['Ctrl Z', 'undo'],
  ['Ctrl P', 'print'],
  ['?', 'keys'],
] as const;

export const KeyList = () => {
  const { t } = useTranslation('settings');
  const words: Readonly<Record<(typeof keys)[number][1], string>> = {
    find: t('keys.find'),
    lock: t('keys.lock'),
    menu: t('keys.menu'),
    tabs: t('keys.tabs'),
    move: t('keys.move'),
    openClose: t('keys.openClose'),
    edit: t('keys.edit'),
    addBelow: t('keys.addBelow'),
    history: t('keys.history'),
    visit: t('keys.visit'),
    density: t('keys.density'),
    reorder: t('keys.reorder'),
    nextChange: t('keys.nextChange'),
    nextGap: t('keys.nextGap'),
    nextConflict: t('keys.nextConflict'),
    done: t('keys.done'),
    close: t('keys.close'),
    beside: t('keys.beside'),
    otherSide: t('keys.otherSide'),
    undo: t('keys.undo'),
    print: t('keys.print'),
    keys: t('keys.keys'),
  };
  return (
    <dl className="key-list">
      {keys.map(([key, does]) => (
        <div key={key}>
          <dt>
            <Kbd keys={key} />
          </dt>
          <dd>{words[does]}</dd>
        </div>
      ))}
    </dl>
  );
};
