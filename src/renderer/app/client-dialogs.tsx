import type { Person } from '#shared/domain/directory.ts';
import type { Directory } from '#renderer/store/people.ts';
import { NewClientDialog } from '../features/clients/index.ts';
import { RegionSearchDialog } from '../features/openings/index.ts';

/** Which of the two is in sight, and the personal identity code that each was begun with. */
export type ClientDialog = {
  readonly shown: 'none' | 'new' | 'region';
  readonly newCode: string;
  readonly regionCode: string;
};

export const noClientDialog: ClientDialog = { shown: 'none', newCode: '', regionCode: '' };

/**
 * Looking for a client of the region and making a new one: reached from several places, and what was typed
 * into them stays while one goes from page to page.
 */
export const ClientDialogs = ({
  dialog,
  onChange,
  person,
  directory,
}: {
  readonly dialog: ClientDialog;
  readonly onChange: (dialog: ClientDialog) => void;
  readonly person: Person;
  readonly directory: Directory;
}) => {
  const close = (): void => onChange({ ...dialog, shown: 'none' });
  return (
    <>
      <NewClientDialog
        key={`new-${dialog.newCode}`}
        isOpen={dialog.shown === 'new'}
        onClose={close}
        directory={directory}
        ownUnitId={person.unitId}
        startCode={dialog.newCode}
      />
      <RegionSearchDialog
        key={`region-${dialog.regionCode}`}
        isOpen={dialog.shown === 'region'}
        onClose={close}
        person={person}
        onDone={() => onChange({ ...dialog, shown: 'none', regionCode: '' })}
        startCode={dialog.regionCode}
        onNew={(newCode) => onChange({ ...dialog, shown: 'new', newCode })}
      />
    </>
  );
};
