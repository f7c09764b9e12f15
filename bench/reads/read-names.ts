export const readNames = {
  'open-first': 'Open a plan, first touch',
  'open-again': 'Open a plan, again',
  'one-letter': 'Find by name, one letter',
  'three-letters': 'Find by name, three letters',
  'two-names': 'Find by name, two names begun',
  'list-first': 'Client list, first 50',
  'list-any': 'Client list, any 50',
  text: 'Search in texts, unranked, 50',
  'notes-page': 'The newest 50 notes of very many',
  'open-chronicle': 'Open a client of very many notes',
} as const;
export type ReadName = keyof typeof readNames;

export type ReadResult = {
  /** Milliseconds of each, in the order asked. */
  readonly times: Readonly<Record<ReadName, readonly number[]>>;
  /** Of all rows answered. */
  readonly rows: number;
};
