import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { standingOf, valueOf } from '#renderer/store/reading.ts';
import { risksNow } from '../plan-model/index.ts';
import { fewRows } from './few.ts';

/** One line of the block: a risk by its type, or what is done when something fails by its trigger. */
export type RiskLine = {
  readonly of: 'risk' | 'contingency';
  readonly id: Id;
  readonly code: string;
  readonly text: string;
};

export type RiskLines = {
  readonly shown: readonly RiskLine[];
  readonly all: number;
  /** Without a risk the block asks for one, above what is done when something fails. */
  readonly hasRisk: boolean;
};

const contingencyLines = (view: ClientView): readonly RiskLine[] =>
  standingOf(view, 'contingency').flatMap((record) => {
    const measure = valueOf(record, 'contingency', 'measure');
    if (measure === null) return [];
    const text = [measure.text, measure.name, measure.phone].filter((word) => word !== '');
    return [{ of: 'contingency', id: record.id, code: measure.trigger, text: text.join(' · ') }];
  });

/** Risks first, then contingencies, as many as fit; one contingency is in sight however many the risks are. */
export const riskLines = (view: ClientView): RiskLines => {
  const risks = risksNow(view).map(({ record, type, means }): RiskLine => ({
    of: 'risk',
    id: record.id,
    code: type,
    text: means,
  }));
  const contingencies = contingencyLines(view);
  const fewRisks = risks.slice(0, fewRows - Math.min(1, contingencies.length));
  return {
    shown: [...fewRisks, ...contingencies.slice(0, fewRows - fewRisks.length)],
    all: risks.length + contingencies.length,
    hasRisk: risks.length > 0,
  };
};
