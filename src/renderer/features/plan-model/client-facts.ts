import type { ClientView } from '#shared/contract/views.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import { birthDateIn } from '#renderer/store/editing/before-birth.ts';
import { recordsOf, valueOf } from '#renderer/store/reading.ts';

/** Who the client is, as the bar on every page says it. */
export type ClientFacts = {
  readonly name: string;
  readonly birthDate: CivilDate | null;
  /** The personal identity code, else the temporary id. */
  readonly identity: string | null;
  readonly serviceLanguage: string | null;
  readonly interpreter: boolean;
  readonly unitId: string | null;
  /** Also while two versions wait and only one of them says so: what was shown cannot be taken back. */
  readonly restraintOnDisclosure: boolean;
};

export const clientFacts = (view: ClientView): ClientFacts => {
  const record = recordsOf(view, 'client')[0];
  const identity = valueOf(record, 'client', 'identity');
  const language = valueOf(record, 'client', 'language');
  const code = identity?.personalIdentityCode ?? null;
  return {
    name: identity
      ? `${identity.preferredName || identity.givenNames} ${identity.familyName}`.trim()
      : '',
    birthDate: birthDateIn(view),
    identity: code ?? identity?.temporaryId ?? null,
    serviceLanguage: language?.serviceLanguage ?? null,
    interpreter: language?.interpreter ?? false,
    unitId: valueOf(record, 'client', 'care')?.unitId ?? null,
    restraintOnDisclosure:
      record?.groups['protection']?.heads.some(
        (head) => head.value['restraintOnDisclosure'] === true,
      ) ?? false,
  };
};
