import signIn from '#resources/demo/sign-in.json' with { type: 'json' };
import type { Id } from '#shared/domain/ids.ts';
import { staff } from './directory.ts';

/** How a person of the demo region signs in: given and family name, and one secret for everybody. */
export type DemoAccount = {
  readonly login: string;
  readonly secret: string;
  readonly personId: Id;
};

/**
 * The accounts of the demo region, the two of the main story first: `kaisa.vuorela` and
 * `ville.saarela`. The secret is public: a server makes these accounts only for a region that it has
 * itself filled with invented clients.
 */
export const demoAccounts: readonly DemoAccount[] = staff.map(({ login, person }) => ({
  login,
  secret: signIn.secret,
  personId: person.id,
}));
