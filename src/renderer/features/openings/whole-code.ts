import {
  personalIdentityCodeProblem,
  tidyPersonalIdentityCode,
  type PersonalIdentityCode,
} from '#shared/domain/personal-identity-code.ts';

/** The personal identity code that a text is, typed as people type one; null for any other text. */
export const wholeCodeOf = (text: string): PersonalIdentityCode | null => {
  const code = tidyPersonalIdentityCode(text);
  return personalIdentityCodeProblem(code) === null ? code : null;
};

/** What is wrong with a typed code, as the code of a field's words; null when nothing is. */
export const codeProblemOf = (text: string): string | null => {
  const code = tidyPersonalIdentityCode(text);
  if (code === '') return 'required';
  const problem = personalIdentityCodeProblem(code);
  return problem === null ? null : `personal-identity-code-${problem}`;
};
