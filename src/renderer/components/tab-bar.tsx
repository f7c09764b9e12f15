import { Link as AriaLink } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from './visually-hidden.tsx';

export type TabItem = {
  readonly id: string;
  readonly label: string;
  readonly href: string;
  /** How many things changed there since one last looked. */
  readonly changed?: number;
};

export type TabBarProps = {
  readonly items: readonly TabItem[];
  readonly current: string;
  readonly label: string;
};

/** The pages of one client: links, since each has an address of its own. Alt 1–9 is the caller's. */
export const TabBar = ({ items, current, label }: TabBarProps) => {
  const { t } = useTranslation('components');
  return (
    <nav className="tab-bar" aria-label={label}>
      {items.map((item, index) => (
        <AriaLink
          key={item.id}
          href={item.href}
          className="tab"
          {...(item.id === current ? { 'aria-current': 'page' as const } : {})}
          {...(index < 9 ? { 'aria-keyshortcuts': `Alt+${index + 1}` } : {})}
        >
          {item.label}
          {item.changed !== undefined && item.changed > 0 && (
            <sup>
              {item.changed}
              <VisuallyHidden> {t('tabs.changed', { count: item.changed })}</VisuallyHidden>
            </sup>
          )}
        </AriaLink>
      ))}
    </nav>
  );
};
