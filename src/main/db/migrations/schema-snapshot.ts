import type { ReadableDb } from '../handles.ts';

/** The whole schema as text, in a fixed order, to be committed: a change to it is seen in review. */
export const schemaOf = (db: ReadableDb): string => {
  const statements = db.all<{ readonly sql: string }>(
    'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name',
  );
  return `${statements.map(({ sql }) => `${sql};`).join('\n\n')}\n`;
};

/** Every `table.column`. */
export const shapeOf = (db: ReadableDb): ReadonlySet<string> =>
  new Set(
    db
      .all<{ readonly place: string }>(
        `SELECT t.name || '.' || c.name AS place
         FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'`,
      )
      .map(({ place }) => place),
  );

/** What a later shape lacks of an earlier one. The schema only grows, so this stays empty. */
export const lostColumns = (
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): readonly string[] => [...before].filter((place) => !after.has(place));
