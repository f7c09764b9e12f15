const minuteMs = 60_000;

export type TimeLeft = { readonly hours: number; readonly minutes: number };

/** What is left until a moment, in whole minutes begun; null when it has passed. Milliseconds since 1970. */
export const timeLeft = (untilMs: number, nowMs: number): TimeLeft | null => {
  const minutes = Math.ceil((untilMs - nowMs) / minuteMs);
  return minutes <= 0 ? null : { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
};

/** Short enough that whoever listens to the screen should hear of it. */
export const isNearEnd = (untilMs: number, nowMs: number): boolean =>
  untilMs > nowMs && untilMs - nowMs <= 5 * minuteMs;
