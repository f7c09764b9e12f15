/** What went wrong with the region, and when; milliseconds since 1970, UTC. */
export type Trouble = { readonly atMs: number; readonly problem: string };

const mostKept = 50;

/** Keeps the latest troubles, the newest first. The same trouble that goes on is kept once. */
export const recentTroubles = () => {
  let troubles: readonly Trouble[] = [];
  let going: string | null = null;
  return {
    /** `problem` null: all is well. */
    note: (atMs: number, problem: string | null): void => {
      if (problem !== null && problem !== going) {
        troubles = [{ atMs, problem }, ...troubles].slice(0, mostKept);
      }
      going = problem;
    },
    read: (): readonly Trouble[] => troubles,
    forget: (): void => {
      troubles = [];
      going = null;
    },
  };
};
export type RecentTroubles = ReturnType<typeof recentTroubles>;
