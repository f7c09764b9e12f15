import type { ContractClient } from '#shared/contract/transport.ts';
import type { Id } from '#shared/domain/ids.ts';
import { syncApi } from './calls/sync-api.ts';
import { contractApi } from './contract-api.ts';
import { hereChanged, hereForgotten } from './present.ts';
import { connectionChanged, sessionChanged } from './session.ts';
import { forgetEverything, readSession } from './session-actions.ts';
import type { AppDispatch } from './store.ts';

/** Runs what it is given once, later: in the window, before the next picture is drawn. */
export type Schedule = (work: () => void) => void;

/** All that the core answers from the case file. */
const inSight = [
  'client',
  'client-list',
  'directory',
  'sync',
  'outbox',
  'openings',
  'work',
] as const;

/**
 * What the core tells without being asked. A page of a first sync can bring hundreds of "changed" in a
 * moment; they are gathered until the next frame and asked for once.
 *
 * @returns what ends it
 */
export const followNews = (
  client: ContractClient,
  dispatch: AppDispatch,
  schedule: Schedule,
): (() => void) => {
  const changed = new Set<Id>();
  let directory = false;
  let list = false;
  let outbox = false;
  let everything = false;
  let isLeaseOver = false;
  let troubles = false;
  let troublesTold = '';
  let waiting = false;

  const later = (): void => {
    if (waiting) return;
    waiting = true;
    schedule(() => {
      waiting = false;
      const tags = [
        ...(everything ? inSight : []),
        ...[...changed].map((id) => ({ type: 'client' as const, id })),
        ...(list ? (['client-list', 'openings', 'work'] as const) : []),
        ...(troubles ? (['work'] as const) : []),
        ...(outbox ? (['outbox'] as const) : []),
        ...(directory ? (['directory', 'absences', 'work'] as const) : []),
      ];
      changed.clear();
      list = false;
      outbox = false;
      troubles = false;
      directory = false;
      everything = false;
      dispatch(contractApi.util.invalidateTags(tags));
    });
  };

  const ends = [
    client.subscribe('clients.changed', ({ caseIds }) => {
      for (const id of caseIds) changed.add(id);
      list = true;
      later();
    }),
    client.subscribe('directory.changed', () => {
      directory = true;
      later();
    }),
    client.subscribe('here.changed', (here) => void dispatch(hereChanged(here))),
    client.subscribe('sync.status', (status) => {
      void dispatch(syncApi.util.upsertQueryData('syncStatus', undefined, status));
      outbox = true;
      const { refused, inReview, setAside } = status;
      const told = [refused, inReview, setAside.incoming, setAside.clients].join(' ');
      troubles ||= told !== troublesTold;
      troublesTold = told;
      // What is shown, and what was refused, is asked for anew when the answer has become another.
      const isOver = status.lease?.isOver === true;
      everything ||= isOver !== isLeaseOver;
      isLeaseOver = isOver;
      if (isOver) dispatch(hereForgotten());
      later();
    }),
    client.subscribe('session.changed', (session) => {
      if (session.state === 'locked') forgetEverything(dispatch);
      dispatch(sessionChanged(session));
    }),
    // What was told while the core was away is lost, so everything in sight is asked for anew.
    client.onReconnect(() => {
      dispatch(connectionChanged(true));
      dispatch(contractApi.util.invalidateTags([...inSight]));
      void dispatch(readSession());
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
};
