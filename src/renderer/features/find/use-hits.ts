import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { skipToken } from '@reduxjs/toolkit/query/react';
import type { ClientRow } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { IconName } from '#renderer/components/icon.tsx';
import {
  useClientsAtHandQuery,
  useSearchClientsQuery,
  useSearchTextsQuery,
} from '#renderer/store/calls/clients-api.ts';
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

/** What is looked for: anything there is, commands alone while others look at the screen, or one client. */
export type Sought =
  | { readonly what: 'anything' | 'commands'; readonly commands: readonly Command[] }
  | {
      readonly what: 'client';
      /** Who is open already, and not offered. */
      readonly exceptId: Id | null;
      readonly choose: (caseId: Id, from: FoundBy) => void;
    };

const openClient = (caseId: Id, from: FoundBy): void =>
  goTo(clientHref(caseId, 'overview', { from }));

const noCommands: readonly Command[] = [];

/** Before anything is typed somebody else may look on: the identity code comes only to who searches. */
const clientHit = (
  row: ClientRow,
  icon: IconName,
  from: FoundBy,
  open: (caseId: Id, from: FoundBy) => void,
): Hit => ({
  id: row.caseId,
  icon,
  title: `${row.familyName} ${row.givenNames}`.trim(),
  note: [from === 'search' ? (row.personalIdentityCode ?? '') : '', row.unitName]
    .filter((each) => each !== '')
    .join(' · '),
  excerpt: '',
  keys: '',
  open: () => open(row.caseId, from),
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

export type Hits = {
  readonly hits: readonly Hit[];
  readonly isDone: boolean;
  /** More was found than is shown. */
  readonly isMore: boolean;
};

/** What was typed finds; before anything is typed: who was pinned, and who was opened last. */
export const useHits = (query: string, sought: Sought): Hits => {
  const { t } = useTranslation(['find', 'records']);
  const asked = query.trim();
  const { what } = sought;
  const commands = sought.what === 'client' ? noCommands : sought.commands;
  const exceptId = sought.what === 'client' ? sought.exceptId : null;
  const open = sought.what === 'client' ? sought.choose : openClient;
  const onlyCommands = what === 'commands';
  const atHand = useClientsAtHandQuery(onlyCommands ? skipToken : undefined, {
    refetchOnMountOrArgChange: true,
  });
  const clients = useSearchClientsQuery(
    asked === '' || onlyCommands
      ? skipToken
      : { query: asked, sort: 'name', descending: false, offset: 0, limit: mostClients },
  );
  const texts = useSearchTextsQuery(
    asked.length < shortestText || what !== 'anything'
      ? skipToken
      : { query: asked, limit: mostTexts },
  );
  return useMemo(() => {
    const clientHits = (
      rows: readonly ClientRow[] | undefined,
      icon: IconName,
      from: FoundBy,
    ): readonly Hit[] =>
      (rows ?? [])
        .filter(({ caseId }) => caseId !== exceptId)
        .map((row) => clientHit(row, icon, from, open));
    if (asked === '') {
      const atHandHits = [
        ...clientHits(atHand.data?.pinned, 'pin', 'list'),
        ...clientHits(atHand.data?.lastOpened, 'clock', 'list'),
      ];
      return { hits: onlyCommands ? [] : atHandHits, isDone: true, isMore: false };
    }
    const commandHits = commandsFound(commands, asked).map(commandHit);
    if (onlyCommands) return { hits: commandHits, isDone: true, isMore: false };
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
      hits: [...clientHits(clients.data?.rows, 'people', 'search'), ...commandHits, ...textHits],
      isDone: !clients.isFetching && !texts.isFetching,
      isMore: (clients.data?.total ?? 0) > mostClients || textHits.length === mostTexts,
    };
  }, [asked, onlyCommands, atHand.data, commands, exceptId, open, clients, texts, t]);
};
