type Open = { readonly close: string; readonly members: readonly (readonly [string, unknown])[] };

/**
 * What `JSON.parse` gave, as JSON text again, however deep it is: `JSON.stringify` gives up where the stack
 * ends, and what is too deep for everything else must still be kept as it came.
 */
export const jsonText = (value: unknown): string => {
  const parts: string[] = [];
  const stack: { readonly open: Open; next: number }[] = [];
  const write = (item: unknown): void => {
    const open = opened(item);
    if (open === null) parts.push(JSON.stringify(item));
    else {
      parts.push(open.close === ']' ? '[' : '{');
      stack.push({ open, next: 0 });
    }
  };
  write(value);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const member = top.open.members[top.next];
    if (member === undefined) {
      parts.push(top.open.close);
      stack.pop();
      continue;
    }
    if (top.next > 0) parts.push(',');
    top.next += 1;
    const [before, item] = member;
    parts.push(before);
    write(item);
  }
  return parts.join('');
};

const opened = (item: unknown): Open | null => {
  if (typeof item !== 'object' || item === null) return null;
  return Array.isArray(item)
    ? { close: ']', members: item.map((member): [string, unknown] => ['', member]) }
    : {
        close: '}',
        members: Object.entries(item).map(([key, member]) => [`${JSON.stringify(key)}:`, member]),
      };
};
