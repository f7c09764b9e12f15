import type { Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';

/** Someone of the region who is to see what is imported. */
export type TeamMember = Pick<Person, 'id' | 'profession' | 'taskClass'>;

export type MapOptions = {
  /** The day of the import in Finland: the first day of memberships that the source gives no date for. */
  readonly today: string;
  /** Made members of every imported client's team; the first keeps the plan together. */
  readonly team: readonly TeamMember[];
  /** The clients of the region by personal identity code. */
  readonly knownCodes: ReadonlyMap<string, Id>;
};
