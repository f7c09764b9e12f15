import { type ReactNode, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { Language } from './format.ts';

/**
 * What goes on paper, and nothing else of the window: asked to be printed as soon as it stands, and gone
 * when the printing has been answered. The window shows nothing of it.
 */
export const PrintSheet = ({
  language,
  onPrinted,
  children,
}: {
  readonly language: Language;
  readonly onPrinted: () => void;
  readonly children: ReactNode;
}) => {
  const done = useRef(onPrinted);
  useEffect(() => {
    done.current = onPrinted;
  }, [onPrinted]);
  useEffect(() => {
    const end = (): void => done.current();
    addEventListener('afterprint', end);
    print();
    return () => removeEventListener('afterprint', end);
  }, []);
  return createPortal(
    <section className="print-sheet" lang={language}>
      {children}
    </section>,
    document.body,
  );
};
