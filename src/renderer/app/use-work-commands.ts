import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import type { RailItem } from '#renderer/components/app-frame.tsx';
import { besideAsked, besideClosed } from '#renderer/store/beside.ts';
import { densityToggled } from '#renderer/store/preferences.ts';
import { clientHref, clientTabs, goTo } from '#renderer/store/route.ts';
import { lock } from '#renderer/store/session-actions.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';
import { undoLast } from '#renderer/store/undo/undo.ts';
import type { Command } from '../features/find/index.ts';

export type WorkCommandsOptions = {
  /** The client that is worked on, if any. */
  readonly caseId: Id | null;
  readonly items: readonly RailItem[];
  readonly hasBeside: boolean;
  readonly onSwap: () => void;
  readonly onNew: () => void;
  readonly onKeys: () => void;
};

/** What can be done here and now, by name, with the key that does the same. */
export const useWorkCommands = ({
  caseId,
  items,
  hasBeside,
  onSwap,
  onNew,
  onKeys,
}: WorkCommandsOptions): readonly Command[] => {
  const { t } = useTranslation([
    'app',
    'client',
    'clients',
    'components',
    'planPrint',
    'undo',
    'meeting',
    'beside',
  ]);
  const dispatch = useAppDispatch();
  const isShared = useAppSelector((state) => state.sharedScreen);
  const isTouch = useAppSelector((state) => state.preferences.density === 'touch');

  const ofClient = useMemo<readonly Command[]>(
    () =>
      caseId === null
        ? []
        : [
            ...clientTabs.map((id, index) => ({
              id: `tab-${id}`,
              label: t(`client:tab.${id}`),
              keys: `Alt ${index + 1}`,
              run: () => goTo(clientHref(caseId, id)),
            })),
            {
              id: 'undo',
              label: t('undo:last'),
              keys: 'Ctrl Z',
              run: () => void dispatch(undoLast(caseId, t('undo:reason'))),
            },
            {
              id: 'print',
              label: t('planPrint:open'),
              keys: 'Ctrl P',
              run: () => goTo(clientHref(caseId, 'print')),
            },
            {
              id: 'meeting',
              label: t('meeting:open'),
              keys: '',
              run: () => goTo(clientHref(caseId, 'meeting')),
            },
          ],
    [t, dispatch, caseId],
  );

  const ofBeside = useMemo<readonly Command[]>(
    () => [
      ...(caseId === null || isShared
        ? []
        : [
            {
              id: 'beside',
              label: t('beside:open'),
              keys: 'Ctrl B',
              run: () => void dispatch(besideAsked()),
            },
          ]),
      ...(hasBeside
        ? [
            { id: 'beside-swap', label: t('beside:swap'), keys: '', run: onSwap },
            {
              id: 'beside-close',
              label: t('beside:close'),
              keys: 'Esc',
              run: () => void dispatch(besideClosed()),
            },
          ]
        : []),
    ],
    [t, dispatch, caseId, isShared, hasBeside, onSwap],
  );

  return useMemo(
    () => [
      ...ofClient,
      ...ofBeside,
      ...items.map(({ id, label, href }, index) => ({
        id: `page-${id}`,
        label,
        keys: `Ctrl ${index + 1}`,
        run: () => goTo(href),
      })),
      { id: 'new-client', label: t('clients:new.open'), keys: '', run: onNew },
      {
        id: 'density',
        label: t(isTouch ? 'toDesk' : 'toTouch'),
        keys: 'Alt 0',
        run: () => void dispatch(densityToggled()),
      },
      { id: 'keys', label: t('keysTitle'), keys: '?', run: onKeys },
      {
        id: 'lock',
        label: t('components:frame.lock'),
        keys: 'Ctrl L',
        run: () => void dispatch(lock()),
      },
    ],
    [ofClient, ofBeside, items, t, isTouch, dispatch, onNew, onKeys],
  );
};
