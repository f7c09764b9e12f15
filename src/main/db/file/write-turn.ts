/**
 * Who writes next. SQLite lets a waiting connection look only now and then whether the lock is free, so
 * that a thread with one short transaction after the other could keep the window's edit waiting until its
 * patience ends. Each transaction of the window therefore says beforehand that it comes, and the threads
 * behind it let it go first.
 */
export type WriteTurn = { readonly begin: () => void; readonly end: () => void };

/** How many transactions of the window wait or run; shared by the threads that have the case file open. */
export type TurnCount = Int32Array<SharedArrayBuffer>;

export const newTurnCount = (): TurnCount =>
  new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** The window's own turn: never waits for another's. */
export const firstToWrite = (count: TurnCount): WriteTurn => ({
  begin: () => {
    Atomics.add(count, 0, 1);
  },
  end: () => {
    Atomics.sub(count, 0, 1);
    Atomics.notify(count, 0);
  },
});

/** Waits, with its thread, until no transaction of the window waits or runs, at most `patienceMs`. */
export const lastToWrite = (count: TurnCount, patienceMs: number): WriteTurn => ({
  begin: () => {
    const until = performance.now() + patienceMs;
    for (;;) {
      const coming = Atomics.load(count, 0);
      const restMs = until - performance.now();
      if (coming === 0 || restMs <= 0) return;
      Atomics.wait(count, 0, coming, restMs);
    }
  },
  end: () => {},
});

/** For a connection that has the case file to itself. */
export const aloneToWrite: WriteTurn = { begin: () => {}, end: () => {} };
