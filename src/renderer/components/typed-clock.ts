/** `14.05`, `14:05`, `1405` and `9.5` as the clock of `YYYY-MM-DDTHH:MM`, or null for no time of day. */
export const clockOf = (typed: string): string | null => {
  const parts =
    /^(\d{1,2})[.:](\d{1,2})$/u.exec(typed.trim()) ?? /^(\d{2})(\d{2})$/u.exec(typed.trim());
  if (!parts) return null;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2])];
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
};
