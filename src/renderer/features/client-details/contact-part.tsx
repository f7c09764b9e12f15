import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { contactDetails } from '#shared/domain/codes.ts';
import { contactIdOf } from '#shared/domain/ids.ts';
import { useOwnPart } from '#renderer/store/own-part.ts';
import type { Directory } from '#renderer/store/people.ts';
import { recordById, recordsOf, valueOf } from '#renderer/store/reading.ts';
import { ConflictBanners } from '../conflicts/index.ts';
import { RecordGroup } from '../editing/index.ts';
import { BehindRestraint } from './behind-restraint.tsx';

export type ContactPartProps = { readonly view: ClientView; readonly directory: Directory };

/** The client's contact details; a record that nobody has written yet comes to be by the first edit. */
const contactRecordOf = (view: ClientView): RecordView => {
  const id = contactIdOf(view.caseId);
  return (
    recordById(view, id) ??
    recordsOf(view, 'contact')[0] ?? {
      id,
      kind: 'contact',
      compartment: contactDetails,
      newer: false,
      groups: {},
      existence: { state: 'standing' },
      existenceTouched: null,
      drafts: {},
      unseen: [],
    }
  );
};

/** Whose these are and how to ask: the same words whatever is behind them. */
const NotOpen = ({ view, directory }: ContactPartProps) => {
  const { t } = useTranslation('details');
  const custodianId = valueOf(recordsOf(view, 'plan')[0], 'plan', 'custodian')?.personId ?? null;
  const name = directory.nameOf(custodianId);
  return (
    <p className="text-s">
      {t('contactNotOpen')} {name === null ? t('askTeam') : t('askCustodian', { name })}
    </p>
  );
};

/** How the client is reached: a part of its own, with rights of its own (703/2023 38 §). */
export const ContactPart = ({ view, directory }: ContactPartProps) => {
  const { t } = useTranslation('records');
  const isOpen = useOwnPart(view, contactDetails) !== null;
  return (
    <div className="card">
      <header className="card-head">
        <h2>{t('group.contact.contact')}</h2>
      </header>
      <div className="card-body">
        {isOpen ? (
          <BehindRestraint view={view}>
            {(shown) => {
              const record = contactRecordOf(shown);
              return (
                <>
                  <ConflictBanners
                    view={shown}
                    record={record}
                    directory={directory}
                    of="contact"
                  />
                  <RecordGroup
                    view={shown}
                    record={record}
                    group="contact"
                    surroundings={{ view: shown, directory }}
                  />
                </>
              );
            }}
          </BehindRestraint>
        ) : (
          <NotOpen view={view} directory={directory} />
        )}
      </div>
    </div>
  );
};
