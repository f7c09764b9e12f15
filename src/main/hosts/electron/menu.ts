import type { MenuItemConstructorOptions } from 'electron';
import type { HostWords } from './words.ts';

export type MenuActions = { readonly lock: () => void };

/**
 * The program's menu. Its commands are the system's own, so that keys, clipboard and screen readers work
 * as everywhere; the program's own work stays in the window.
 */
export const menuTemplate = (
  words: HostWords,
  { lock }: MenuActions,
): MenuItemConstructorOptions[] => [
  {
    label: words.program,
    submenu: [
      { label: words.lock, accelerator: 'CommandOrControl+Shift+L', click: lock },
      { type: 'separator' },
      { role: 'quit', label: words.quit },
    ],
  },
  {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      { type: 'separator' },
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
    ],
  },
  {
    label: words.view,
    submenu: [
      { role: 'resetZoom', label: words.actualSize },
      { role: 'zoomIn', label: words.larger },
      { role: 'zoomOut', label: words.smaller },
      { type: 'separator' },
      { role: 'togglefullscreen', label: words.fullScreen },
    ],
  },
  { role: 'help', label: words.help, submenu: [{ role: 'about', label: words.about }] },
];
