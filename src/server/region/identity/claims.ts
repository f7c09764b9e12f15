import rules from '#resources/rules/identity-claims.json' with { type: 'json' };
import { z } from 'zod';
import { findCode, professions, taskClasses } from '#shared/domain/codes.ts';
import { nameText } from '#shared/domain/text.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';

/**
 * Which claims of an id token tell what (`resources/rules/identity-claims.json`): the provider's names, and
 * its codes where they are not ours. Duties are not among them: who administers a region is decided in
 * the region.
 */
type ClaimRules = {
  readonly scopes: readonly string[];
  /** The claim by which the provider names a person for good. */
  readonly person: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly registerNumber: string;
  readonly profession: string;
  readonly units: string;
  readonly taskClasses: string;
  /** The provider's code to ours; a code that is not here is ours already. */
  readonly professionCodes: Readonly<Record<string, string>>;
  readonly taskClassCodes: Readonly<Record<string, string>>;
};

export const claimRules: ClaimRules = rules;

/** What the provider says of a person. Null: it says nothing of it, and what the region knows stays. */
export type PersonClaims = {
  readonly subject: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly registerNumber: string | null;
  readonly profession: string | null;
  /** Units by id or by name, as given. */
  readonly units: readonly string[] | null;
  readonly taskClasses: readonly string[] | null;
};

/** Why the claims cannot be used: a code that no list knows, or something that is no such text at all. */
export type ClaimsProblem = 'unknown-profession' | 'unknown-task-class' | 'not-readable';

const one = z.union([z.string(), z.number().transform(String)]);
const text = one.pipe(nameText.trim().min(1));
/** One value or several; providers write a single one either way. */
const texts = z
  .union([z.array(text).max(20), text.transform((value) => [value])])
  .transform((values) => [...new Set(values)]);

const optional = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? null);

const shape = z.object({
  subject: one.pipe(z.string().min(1).max(255)),
  givenName: optional(text),
  familyName: optional(text),
  registerNumber: optional(one.pipe(z.string().trim().min(1).max(40))),
  profession: optional(text),
  units: optional(texts),
  taskClasses: optional(texts),
});

const ours = (codes: Readonly<Record<string, string>>, value: string): string =>
  Object.hasOwn(codes, value) ? (codes[value] ?? value) : value;

/** Reads the claims of an id token whose signature has been checked. */
export const readClaims = (
  payload: Readonly<Record<string, unknown>>,
  map: ClaimRules = claimRules,
): Result<PersonClaims, ClaimsProblem> => {
  const claim = (name: string): unknown => (Object.hasOwn(payload, name) ? payload[name] : null);
  const read = shape.safeParse({
    subject: claim(map.person),
    givenName: claim(map.givenName),
    familyName: claim(map.familyName),
    registerNumber: claim(map.registerNumber),
    profession: claim(map.profession),
    units: claim(map.units),
    taskClasses: claim(map.taskClasses),
  });
  if (!read.success) return err('not-readable');
  const given = read.data;
  const profession = given.profession && ours(map.professionCodes, given.profession);
  if (profession !== null && !findCode(professions, profession)) return err('unknown-profession');
  const classes = given.taskClasses?.map((value) => ours(map.taskClassCodes, value)) ?? null;
  if (classes?.some((value) => !findCode(taskClasses, value))) return err('unknown-task-class');
  return ok({ ...given, profession, taskClasses: classes });
};
