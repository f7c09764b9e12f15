import { type ReactNode, useSyncExternalStore } from 'react';
import {
  Button as AriaButton,
  Dialog as AriaDialog,
  Heading,
  Modal,
  ModalOverlay,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

export type DialogProps = {
  readonly title: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the safe one first; what removes is never the default. */
  readonly actions?: ReactNode;
  readonly width?: 'narrow' | 'normal' | 'wide';
  /** A question that must be answered: it does not close by a press outside it. */
  readonly isQuestion?: boolean;
};

type PaneProps = Pick<DialogProps, 'title' | 'children' | 'actions'> & {
  readonly onClose: () => void;
};

const PaneHead = ({ title }: { readonly title: ReactNode }) => {
  const { t } = useTranslation('components');
  return (
    <header className="pane-head">
      <Heading slot="title" level={2}>
        {title}
      </Heading>
      <AriaButton slot="close" className="icon-button" aria-label={t('dialog.close')}>
        <Icon name="close" />
      </AriaButton>
    </header>
  );
};

/** Takes the focus, closes by Esc, gives the focus back to where it came from. */
export const Dialog = ({
  title,
  isOpen,
  onClose,
  children,
  actions,
  width = 'normal',
  isQuestion = false,
}: DialogProps) => (
  <ModalOverlay
    className="veil"
    isOpen={isOpen}
    isDismissable={!isQuestion}
    onOpenChange={(open) => {
      if (!open) onClose();
    }}
  >
    <Modal className={`dialog dialog-${width}`}>
      <AriaDialog className="pane" role={isQuestion ? 'alertdialog' : 'dialog'}>
        <PaneHead title={title} />
        <div className="pane-body">{children}</div>
        {actions !== undefined && <footer className="pane-foot">{actions}</footer>}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
);

const narrow = '(width < 1200px)';

const subscribeNarrow = (notify: () => void): (() => void) => {
  const query = matchMedia(narrow);
  query.addEventListener('change', notify);
  return () => query.removeEventListener('change', notify);
};

/** Whether the window is narrower than 1200 px, where a side panel becomes a sheet. */
export const useIsNarrow = (): boolean =>
  useSyncExternalStore(subscribeNarrow, () => matchMedia(narrow).matches);

export type SheetProps = Omit<DialogProps, 'width' | 'isQuestion'>;

/** A dialog that slides in at the window's right edge. */
export const Sheet = ({ title, isOpen, onClose, children, actions }: SheetProps) => (
  <ModalOverlay
    className="veil veil-side"
    isOpen={isOpen}
    isDismissable
    onOpenChange={(open) => {
      if (!open) onClose();
    }}
  >
    <Modal className="sheet">
      <AriaDialog className="pane">
        <PaneHead title={title} />
        <div className="pane-body">{children}</div>
        {actions !== undefined && <footer className="pane-foot">{actions}</footer>}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
);

const InlinePane = ({
  title,
  children,
  actions,
  onClose,
  label,
}: PaneProps & { readonly label: string }) => {
  const { t } = useTranslation('components');
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc from any field in it
    <aside
      className="card pane side-panel"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header className="pane-head">
        <h2>{title}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={t('dialog.close')}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="pane-body">{children}</div>
      {actions !== undefined && <footer className="pane-foot">{actions}</footer>}
    </aside>
  );
};

export type SidePanelProps = SheetProps & {
  /** Accessible name while it stands beside the page. */
  readonly label: string;
};

/** Beside the page while there is room, over it as a Sheet in a window narrower than 1200 px. */
export const SidePanel = ({ label, ...sheet }: SidePanelProps) => {
  const isNarrow = useIsNarrow();
  if (isNarrow) return <Sheet {...sheet} />;
  if (!sheet.isOpen) return undefined;
  const { isOpen: _, ...pane } = sheet;
  return <InlinePane {...pane} label={label} />;
};
