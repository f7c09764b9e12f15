import type { ReactElement } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import { Icon, type IconName } from './icon.tsx';
import { Kbd } from './kbd.tsx';

export type MenuEntry<Id extends string> = {
  readonly id: Id;
  readonly label: string;
  readonly icon?: IconName;
  readonly keys?: string;
  readonly isBad?: boolean;
  readonly isDisabled?: boolean;
};

export type MenuProps<Id extends string> = {
  /** The Button or IconButton that opens it. */
  readonly trigger: ReactElement;
  readonly label: string;
  readonly entries: readonly MenuEntry<Id>[];
  readonly onAction: (id: Id) => void;
};

export const Menu = <Id extends string>({ trigger, label, entries, onAction }: MenuProps<Id>) => (
  <MenuTrigger>
    {trigger}
    <Popover className="popover" offset={4}>
      <AriaMenu
        className="menu"
        aria-label={label}
        items={entries}
        onAction={(key) => {
          const entry = entries.find((each) => each.id === key);
          if (entry) onAction(entry.id);
        }}
      >
        {(entry) => (
          <AriaMenuItem
            id={entry.id}
            textValue={entry.label}
            isDisabled={entry.isDisabled === true}
            className={entry.isBad === true ? 'option option-bad' : 'option'}
          >
            <span className="option-sign">
              {entry.icon !== undefined && <Icon name={entry.icon} size={15} />}
            </span>
            <span className="grow">{entry.label}</span>
            {entry.keys !== undefined && <Kbd keys={entry.keys} />}
          </AriaMenuItem>
        )}
      </AriaMenu>
    </Popover>
  </MenuTrigger>
);
