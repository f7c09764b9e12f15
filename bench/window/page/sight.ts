import type { Page } from '@playwright/test';

/** What must stand on the screen for a piece of work to be done. */
export type Sight = {
  /** An element of this selector holds this text. */
  readonly selector: string;
  readonly text: string;
  /** So many elements at least: the data is there, not only its frame. */
  readonly elements: number;
};

/** What the measured page keeps between the two questions. */
type Stopwatch = { punosPaint?: Promise<number> };

/** Resolves when the page has not changed for a while, with the number of its elements. */
export const settled = (page: Page): Promise<number> =>
  page.evaluate(
    (quietMs) =>
      new Promise<number>((resolve) => {
        const done = (): void => {
          watching.disconnect();
          resolve(document.querySelectorAll('#root *').length);
        };
        let resting = setTimeout(done, quietMs);
        const watching = new MutationObserver(() => {
          clearTimeout(resting);
          resting = setTimeout(done, quietMs);
        });
        watching.observe(document, { subtree: true, childList: true, characterData: true });
      }),
    500,
  );

/** What has not come by then never comes, and the benchmark says so. */
const longestMs = 20_000;

/**
 * Presses the key and measures in the page, from the key's own time stamp until the frame that shows the
 * sight has been painted, in milliseconds.
 */
export const paintAfter = async (page: Page, key: string, sight: Sight): Promise<number> => {
  await page.evaluate(
    ({ selector, text, elements, patienceMs }) => {
      const isShown = (): boolean =>
        document.querySelectorAll('#root *').length >= elements &&
        [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(text));
      (globalThis as Stopwatch).punosPaint = new Promise((resolve, reject) => {
        const begin = ({ timeStamp }: KeyboardEvent): void => {
          const look = (): void => {
            if (performance.now() - timeStamp > patienceMs) {
              const there = document.querySelectorAll('#root *').length;
              reject(
                new Error(`Not seen: “${text}” with ${elements} elements; there are ${there}`),
              );
              return;
            }
            if (!isShown()) {
              requestAnimationFrame(look);
              return;
            }
            // A message from within a frame comes when that frame has been painted.
            const { port1, port2 } = new MessageChannel();
            port1.addEventListener('message', () => resolve(performance.now() - timeStamp));
            port1.start();
            port2.postMessage(null);
          };
          requestAnimationFrame(look);
        };
        addEventListener('keydown', begin, { capture: true, once: true });
      });
    },
    { ...sight, patienceMs: longestMs },
  );
  await page.keyboard.press(key);
  return page.evaluate(
    () => (globalThis as Stopwatch).punosPaint ?? Promise.reject(new Error('No stopwatch')),
  );
};
