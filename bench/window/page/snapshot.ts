import type { Page } from '@playwright/test';

/** What a page shows, as plain data. */
export type Snapshot =
  | string
  | {
      readonly tag: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly children: readonly Snapshot[];
    };

/** Everything under the page's root. */
export const snapshotOf = (page: Page): Promise<Snapshot> =>
  page.evaluate(() => {
    const read = (node: ChildNode): readonly Snapshot[] => {
      if (node instanceof Text) return [node.data];
      if (!(node instanceof Element)) return [];
      const attributes = Object.fromEntries(
        [...node.attributes].map(({ name, value }) => [name, value]),
      );
      const children = [...node.childNodes].flatMap(read);
      return [{ tag: node.localName, attributes, children }];
    };
    const root = document.querySelector('#root');
    const shown = root ? read(root)[0] : undefined;
    if (shown === undefined) throw new Error('The page shows nothing');
    return shown;
  });
