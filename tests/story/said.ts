import type { Id } from '#shared/domain/ids.ts';
import type { TestDesk } from './desks.ts';

/** Everything that the plan says, in an order of its own. */
export const said = async (desk: Pick<TestDesk, 'get'>, caseId: Id) => {
  const { records, refused, waiting } = await desk.get('clients.open', {
    caseId,
    from: 'list',
  });
  return {
    refused,
    waiting,
    records: records
      .map((record) => ({
        id: record.id,
        existence: record.existence,
        groups: Object.entries(record.groups)
          .map(([name, group]) => ({
            name,
            state: group.state,
            value: 'value' in group ? group.value : null,
            heads: group.heads.map(({ changeId }) => changeId).toSorted(),
            ancestor: 'ancestor' in group ? (group.ancestor?.changeId ?? null) : null,
          }))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
};
