import type { ClientView } from '#shared/contract/views.ts';
import { recordsOf, standingOf, valueOf } from '#renderer/store/reading.ts';
import { clientFacts, isActiveNeed, risksNow, type PlanTree } from '../plan-model/index.ts';

/** What must be known at the door. `title` is a need's heading, a contingency's trigger id or a risk's type. */
export type Risk = {
  readonly id: string;
  readonly kind:
    | 'risk'
    | 'restraint'
    | 'interpreter'
    | 'communication'
    | 'assessment'
    | 'circumstances'
    | 'contingency';
  readonly title: string;
  readonly text: string;
};

const risk = (id: string, kind: Risk['kind'], text: string, title = ''): Risk => ({
  id,
  kind,
  title,
  text,
});

/**
 * Risks and restrictions as the records tell them: protection, the risks that are in force, how the client is spoken to, what the
 * professionals have assessed of each need that is open, and what is done when something fails.
 */
export const risksOf = (view: ClientView, tree: PlanTree): readonly Risk[] => {
  const facts = clientFacts(view);
  const client = recordsOf(view, 'client')[0];
  const communication = valueOf(client, 'client', 'language')?.communication ?? '';
  const circumstances = valueOf(tree.plan, 'plan', 'circumstances')?.text ?? '';
  const assessments = tree.needs
    .filter((need) => need.state !== 'removed' && isActiveNeed(need))
    .map((need) =>
      risk(
        need.id,
        'assessment',
        valueOf(need.record, 'need', 'assessment')?.text ?? '',
        need.title,
      ),
    );
  const contingencies = standingOf(view, 'contingency').flatMap((record) => {
    const measure = valueOf(record, 'contingency', 'measure');
    if (measure === null) return [];
    const text = [measure.text, measure.name, measure.phone].filter((word) => word !== '');
    return [risk(record.id, 'contingency', text.join(' · '), measure.trigger)];
  });
  const known = risksNow(view).map(({ record, type, means, guidance }) =>
    risk(record.id, 'risk', [means, guidance].filter((word) => word !== '').join('\n'), type),
  );
  return [
    ...(facts.restraintOnDisclosure ? [risk('restraint', 'restraint', '')] : []),
    ...known,
    ...(facts.interpreter ? [risk('interpreter', 'interpreter', '')] : []),
    ...[
      risk('communication', 'communication', communication),
      risk('circumstances', 'circumstances', circumstances),
      ...assessments,
      ...contingencies,
    ].filter(({ text }) => text.trim() !== ''),
  ];
};
