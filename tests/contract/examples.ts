import { z } from 'zod';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type Schema = {
  readonly type?: string | readonly string[];
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
};

/** What a code list or a longer rule asks for, by the name of the field: a JSON schema cannot say it. */
const byName: { readonly [name: string]: Json } = {
  profession: 'nurse',
  taskClass: 'broad-health',
  partnerSector: 'kela',
  secret: 'tunnuslause-2026',
  group: 'assessment',
};

const exampleId = '00000000-0000-7000-8000-000000000001';

const exampleOf = (schema: Schema, name: string): Json => {
  const named = byName[name];
  if (named !== undefined) return named;
  if (schema.const !== undefined) return schema.const;
  const [choice] = schema.enum ?? schema.anyOf?.map((each) => exampleOf(each, name)) ?? [];
  if (choice !== undefined) return choice;
  const [variant] = schema.oneOf ?? schema.allOf ?? [];
  if (variant) return exampleOf(variant, name);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      return Object.fromEntries(
        fields
          .filter(([field]) => schema.required?.includes(field) === true)
          .map(([field, of]) => [field, exampleOf(of, field)]),
      );
    }
    case 'array': {
      const { items } = schema;
      return Array.from({ length: schema.minItems ?? 0 }, () =>
        items ? exampleOf(items, name) : null,
      );
    }
    case 'string':
      return schema.pattern?.startsWith('^[0-9a-f]{8}-') === true ? exampleId : '2026-11-25';
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return {};
  }
};

/** Something that the schema accepts: every required field with a plain value, lists as short as may be. */
export const exampleFor = (
  schema: z.ZodType,
  io: 'input' | 'output',
): { readonly [key: string]: Json } => {
  const example = exampleOf(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema, '');
  if (!schema.safeParse(example).success) {
    throw new Error(
      `${JSON.stringify(example)}: ${JSON.stringify(schema.safeParse(example).error?.issues)}`,
    );
  }
  return example as { readonly [key: string]: Json };
};
