import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { useRegionRole } from '#renderer/components/region-role.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { fieldsOf } from '../editing/index.ts';
import { elementName, elementStates, type PlanTree } from '../plan-model/index.ts';
import { GroupThen } from './record-then.tsx';

export type PartsThenProps = {
  readonly view: ClientView;
  readonly tree: PlanTree;
  readonly directory: Directory;
};

/** What has rows of its own beside the tree: contingencies, meetings and dissenting views, as they stood. */
export const PartsThen = ({ view, tree, directory }: PartsThenProps) => {
  const { t } = useTranslation(['plan', 'records']);
  const ids = useId();
  const role = useRegionRole();
  const states = useMemo(
    () => elementStates(view, tree).filter(({ records }) => records.length > 0),
    [view, tree],
  );
  return states.map(({ element, records }) => (
    <section key={element.id} role={role} className="card" aria-labelledby={`${ids}-${element.id}`}>
      <header className="card-head">
        <h3 id={`${ids}-${element.id}`}>{elementName(element.id, t)}</h3>
      </header>
      <ul className="card-body plan-parts-then">
        {records.map((record) => (
          <li key={record.id}>
            {Object.entries(record.groups)
              .filter(([group]) => fieldsOf(record.kind, group).length > 0)
              .map(([group, groupView]) => (
                <GroupThen
                  key={group}
                  view={view}
                  kind={record.kind}
                  group={group}
                  groupView={groupView}
                  directory={directory}
                />
              ))}
          </li>
        ))}
      </ul>
    </section>
  ));
};
