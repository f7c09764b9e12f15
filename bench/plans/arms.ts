import { assertNever } from '#shared/lib/assert-never.ts';
import { openBare } from './bare-replica.ts';
import { openPunos } from './punos-replica.ts';
import type { OpenReplica, ReplicaArm } from './replica.ts';

/** The way an arm works; a peer's packages are loaded only when it is its turn. */
export const replicaOf = async (arm: ReplicaArm): Promise<OpenReplica> => {
  switch (arm) {
    case 'bare':
      return openBare({ full: false, encrypted: false });
    case 'bare-full':
      return openBare({ full: true, encrypted: false });
    case 'bare-encrypted':
      return openBare({ full: false, encrypted: true });
    case 'punos':
      return openPunos({ durable: 'FULL' });
    case 'punos-normal':
      return openPunos({ durable: 'NORMAL' });
    case 'yjs':
      return (await import('../peers/yjs-replica.ts')).openYjs();
    case 'actual':
      return (await import('../peers/actual-replica.ts')).openActual();
    case 'automerge':
      return (await import('../peers/automerge-replica.ts')).openAutomerge();
    case 'rxdb':
      return (await import('../peers/rxdb-replica.ts')).openRxdb();
    case 'pouchdb':
      return (await import('../peers/pouchdb-replica.ts')).openPouchdb();
    default:
      return assertNever(arm);
  }
};
