import type { CallInput } from '#shared/contract/calls.ts';
import { civilDateProblem } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import {
  personalIdentityCodeProblem,
  tidyPersonalIdentityCode,
} from '#shared/domain/personal-identity-code.ts';
import { textLimits } from '#shared/domain/text.ts';

export const serviceLanguages = ['fi', 'sv', 'se', 'smn', 'sms', 'en', 'other'] as const;
export type ServiceLanguage = (typeof serviceLanguages)[number];

/** One of three identifies a person (703/2023 27, 38 §). */
export type IdentityKind = 'code' | 'temporary' | 'birth-date';

/** What has been typed so far. */
export type NewClient = {
  readonly familyName: string;
  readonly givenNames: string;
  readonly preferredName: string;
  readonly identityKind: IdentityKind;
  readonly code: string;
  readonly temporaryId: string;
  readonly birthDate: string | null;
  readonly serviceLanguage: ServiceLanguage;
  readonly interpreter: boolean;
  readonly unitId: Id | null;
};

export const emptyClient = (unitId: Id | null): NewClient => ({
  familyName: '',
  givenNames: '',
  preferredName: '',
  identityKind: 'code',
  code: '',
  temporaryId: '',
  birthDate: null,
  serviceLanguage: 'fi',
  interpreter: false,
  unitId,
});

export type NewClientProblems = {
  readonly [field in 'familyName' | 'givenNames' | 'code' | 'temporaryId' | 'birthDate']?: string;
};

const nameProblem = (name: string): string | undefined => {
  if (name.trim() === '') return 'required';
  return name.length > textLimits.name ? 'text-too-long' : undefined;
};

const codeProblem = (typed: string): string | undefined => {
  const code = tidyPersonalIdentityCode(typed);
  if (code === '') return 'required';
  const problem = personalIdentityCodeProblem(code);
  return problem === null ? undefined : `personal-identity-code-${problem}`;
};

const identityProblem = (client: NewClient): NewClientProblems => {
  switch (client.identityKind) {
    case 'code': {
      const code = codeProblem(client.code);
      return code === undefined ? {} : { code };
    }
    case 'temporary': {
      const temporaryId = nameProblem(client.temporaryId);
      return temporaryId === undefined ? {} : { temporaryId };
    }
    case 'birth-date': {
      const birthDate =
        client.birthDate === null ? 'required' : (civilDateProblem(client.birthDate) ?? undefined);
      return birthDate === undefined ? {} : { birthDate };
    }
    default:
      return {};
  }
};

/** What is missing or wrong, by field; empty when the client can be made. */
export const newClientProblems = (client: NewClient): NewClientProblems => {
  const familyName = nameProblem(client.familyName);
  const givenNames = nameProblem(client.givenNames);
  return {
    ...(familyName === undefined ? {} : { familyName }),
    ...(givenNames === undefined ? {} : { givenNames }),
    ...identityProblem(client),
  };
};

/** The valid code that was typed, or null: for telling that the person is here already. */
export const validCode = (client: NewClient): string | null => {
  if (client.identityKind !== 'code') return null;
  const code = tidyPersonalIdentityCode(client.code);
  return personalIdentityCodeProblem(code) === null ? code : null;
};

const tidyName = (name: string): string => name.trim().replaceAll(/\s+/gu, ' ').normalize('NFC');

/** A client without problems, as the contract takes it. */
export const createInput = (client: NewClient): CallInput<'clients.create'> => ({
  identity: {
    familyName: tidyName(client.familyName),
    givenNames: tidyName(client.givenNames),
    preferredName: tidyName(client.preferredName),
    personalIdentityCode: validCode(client),
    temporaryId: client.identityKind === 'temporary' ? tidyName(client.temporaryId) : null,
    birthDate: client.identityKind === 'birth-date' ? client.birthDate : null,
  },
  language: {
    motherTongue: '',
    serviceLanguage: client.serviceLanguage,
    interpreter: client.interpreter,
    communication: '',
  },
  unitId: client.unitId,
});
