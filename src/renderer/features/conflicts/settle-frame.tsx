import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Icon, type IconName } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';

type SettlePageProps = {
  readonly className?: string;
  readonly onDone?: () => void;
  /** Leaves the view; decides nothing. */
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** Takes the focus when it opens, so that its keys work at once: Escape leaves, Ctrl+Enter decides. */
export const SettlePage = ({ className = '', onDone, onClose, children }: SettlePageProps) => {
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => page.current?.focus(), []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the fields inside
    <div
      ref={page}
      tabIndex={-1}
      className={`page-body settle ${className}`}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) onDone?.();
        else if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      {children}
    </div>
  );
};

type NothingHereProps = { readonly onClose: () => void };

const NothingHere = ({
  icon = 'info',
  words,
  onClose,
}: NothingHereProps & { readonly icon?: IconName; readonly words: string }) => {
  const { t } = useTranslation('conflict');
  return (
    <div className="page-body">
      <Banner
        tone="info"
        shape="box"
        icon={icon}
        announce="polite"
        actions={<Button onPress={onClose}>{t('back')}</Button>}
      >
        {words}
      </Banner>
    </div>
  );
};

/** Somebody else decided while this was open. */
export const SettledAlready = ({ onClose }: NothingHereProps) => {
  const { t } = useTranslation('conflict');
  return <NothingHere words={t('settledAlready')} onClose={onClose} />;
};

/** This program cannot show all that the versions differ in (SPEC V2). */
export const SettledByNewer = ({ onClose }: NothingHereProps) => {
  const { t } = useTranslation('conflict');
  return <NothingHere icon="lock" words={t('newer')} onClose={onClose} />;
};

export type SettleHeadProps = {
  readonly title: string;
  /** The record's own words after the title. */
  readonly what: string;
  readonly children: ReactNode;
};

/** What is to be settled, and why it came to this. */
export const SettleHead = ({ title, what, children }: SettleHeadProps) => (
  <header className="settle-head">
    <Icon name="fork" size={20} />
    <div>
      <h2 className="settle-title">
        {title}
        {what !== '' && (
          <span className="settle-what">
            {' '}
            <PlainText text={what} />
          </span>
        )}
      </h2>
      <p>{children}</p>
    </div>
  </header>
);

export type SettleFootProps = {
  /** Why it cannot be settled as it stands. */
  readonly problems: readonly string[];
  readonly onClose: () => void;
  /** The button that decides, where it is not beside what it decides. */
  readonly children?: ReactNode;
};

/** Both versions stay in the history; leaving decides nothing. */
export const SettleFoot = ({ problems, onClose, children }: SettleFootProps) => {
  const { t } = useTranslation('conflict');
  return (
    <footer className="card settle-foot">
      <span className="muted text-s grow">{t('staysInHistory')}</span>
      {problems.map((problem) => (
        <span key={problem} className="settle-problem" role="alert">
          {problem}
        </span>
      ))}
      <Button onPress={onClose}>{t('leaveOpen')}</Button>
      {children}
    </footer>
  );
};
