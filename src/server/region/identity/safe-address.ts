const local = /^(127\.0\.0\.1|\[::1\]|localhost)$/u;

/** Keys and tokens travel encrypted; in the clear only within this computer. */
export const isSafeAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' || (url.protocol === 'http:' && local.test(url.hostname));
};
