/**
 * The genitive of a Finnish given name, for the names in `resources/demo/names.json`: Pekka, Pekan;
 * Elias, Eliaksen; Eemil, Eemilin. Names whose stem changes otherwise are not on the list.
 */
export const genitive = (name: string): string => {
  if (name.endsWith('s')) return `${name.slice(0, -1)}ksen`;
  if (!/[aeiouyäö]$/u.test(name)) return `${name}in`;
  return `${weakStem(name)}n`;
};

export const allative = (name: string): string => {
  if (name.endsWith('s')) return `${name.slice(0, -1)}kselle`;
  if (!/[aeiouyäö]$/u.test(name)) return `${name}ille`;
  return `${weakStem(name)}lle`;
};

/** Doubled k, p and t become single before the last vowel. */
const weakStem = (name: string): string => name.replace(/([kpt])\1([aeiouyäö])$/u, '$1$2');
