import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { skipToken } from '@reduxjs/toolkit/query/react';
import type { ClientRow } from '#shared/contract/views.ts';
import type { IconName } from '#renderer/components/icon.tsx';
import {
  useClientsAtHandQuery,
  useSearchClientsQuery,
  useSearchTextsQuery,
} from '#renderer/store/contract-api.ts';
import { clientHref, goTo, tabOfKind, type FoundBy } from '#renderer/store/route.ts';
import { commandsFound, type Command } from './commands.ts';

const mostClients = 8;
const mostTexts = 30;
/** Texts are found by three letters and more. */
const shortestText = 3;

export type Hit = {
  readonly id: string;
  readonly icon: IconName;
  readonly title: string;
  readonly note: string;
  /** The text around what was found, with the found words marked; empty for a client or a command. */
  readonly excerpt: string;
  readonly keys: string;
  readonly open: () => void;
};

/** Before anything is typed somebody else may look on: the identity code comes only to who searches. */
const clientHit = (row: ClientRow, icon: IconName, from: FoundBy): Hit => ({
  id: row.caseId,
  icon,
  title: `${row.familyName} ${row.givenNames}`.trim(),
  note: [from === 'search' ? (row.personalIdentityCode ?? '') : '', row.unitName]
    .filter((each) => each !== '')
    .join(' · '),
  excerpt: '',
  keys: '',
  open: () => goTo(clientHref(row.caseId, 'overview', { from })),
});

const commandHit = ({ id, label, keys, run }: Command): Hit => ({
  id: `command-${id}`,
  icon: 'chevronRight',
  title: label,
  note: '',
  excerpt: '',
  keys,
  open: run,
});

export type Hits = { readonly hits: readonly Hit[]; readonly isDone: boolean };

/** Before anything is typed: who was pinned, and who was opened last. */
const useAtHand = (isAsked: boolean): readonly Hit[] => {
  const { data } = useClientsAtHandQuery(isAsked ? undefined : skipToken, {
    refetchOnMountOrArgChange: true,
  });
  return useMemo(
    () => [
      ...(data?.pinned ?? []).map((row) => clientHit(row, 'pin', 'list')),
      ...(data?.lastOpened ?? []).map((row) => clientHit(row, 'clock', 'list')),
    ],
    [data],
  );
};

/** Clients, commands and texts that what was typed finds; commands alone while others look at the screen. */
export const useHits = (
  query: string,
  commands: readonly Command[],
  onlyCommands: boolean,
): Hits => {
  const { t } = useTranslation(['find', 'records']);
  const asked = query.trim();
  const atHand = useAtHand(!onlyCommands);
  const clients = useSearchClientsQuery(
    asked === '' || onlyCommands
      ? skipToken
      : { query: asked, sort: 'name', descending: false, offset: 0, limit: mostClients },
  );
  const texts = useSearchTextsQuery(
    asked.length < shortestText || onlyCommands ? skipToken : { query: asked, limit: mostTexts },
  );
  return useMemo(() => {
    if (asked === '') return { hits: onlyCommands ? [] : atHand, isDone: true };
    if (onlyCommands) return { hits: commandsFound(commands, asked).map(commandHit), isDone: true };
    const textHits = (texts.data?.hits ?? []).map((hit): Hit => ({
      id: `${hit.recordId}-${hit.group}`,
      icon: 'search',
      title: hit.clientName,
      note: t([`records:group.${hit.kind}.${hit.group}`, `records:kind.${hit.kind}`]),
      excerpt: hit.excerpt,
      keys: '',
      open: () =>
        goTo(
          clientHref(hit.caseId, tabOfKind(hit.kind), {
            recordId: hit.recordId,
            group: hit.kind === 'plan' ? hit.group : null,
            from: 'search',
          }),
        ),
    }));
    return {
      hits: [
        ...(clients.data?.rows ?? []).map((row) => clientHit(row, 'people', 'search')),
        ...commandsFound(commands, asked).map(commandHit),
        ...textHits,
      ],
      isDone: !clients.isFetching && !texts.isFetching,
    };
  }, [asked, onlyCommands, atHand, commands, clients, texts, t]);
};
