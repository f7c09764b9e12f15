import type { ClientView, RecordView } from '#shared/contract/views.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import { findCode, riskTypes, type Language } from '#shared/domain/codes.ts';
import { isRiskKind, riskKinds, type RiskKind } from '#shared/domain/records/risk.ts';
import { shownValue, standingOf, valueOf } from '#renderer/store/reading.ts';

/** A risk that is there now, as far as whoever looks may see. */
export type RiskNow = {
  readonly record: RecordView;
  readonly kind: RiskKind;
  /** Id of the code list of risks. */
  readonly type: string;
  readonly means: string;
  readonly guidance: string;
  readonly nextOn: CivilDate | null;
};

/** What each version of a group says in a field: a risk stands until every version agrees that it is over. */
const saidIn = (record: RecordView, group: string, field: string): readonly unknown[] =>
  (record.groups[group]?.heads ?? []).map(({ value }) => value[field]);

const isOver = (record: RecordView): boolean => {
  const states = saidIn(record, 'state', 'state');
  return states.length > 0 && states.every((state) => state === 'over');
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A risk of a type that only a newer program knows is in sight too, by what can be read of it. */
const riskOf = (record: RecordView, kind: RiskKind): readonly RiskNow[] => {
  const view = record.groups['risk'];
  const said = view && shownValue(view);
  if (said === undefined || isOver(record)) return [];
  return [
    {
      record,
      kind,
      type: text(said['type']),
      means: text(said['means']),
      guidance: valueOf(record, kind, 'guidance')?.text ?? '',
      nextOn: valueOf(record, kind, 'check')?.nextOn ?? null,
    },
  ];
};

const rank = new Map(riskTypes.map(({ id }, index) => [id, index]));
const place = ({ type }: RiskNow): number =>
  (findCode(riskTypes, type)?.urgent === true ? 0 : riskTypes.length) +
  (rank.get(type) ?? riskTypes.length);

/** The risks in force: the most urgent first, those of one type in the order of their writing. */
export const risksNow = (view: ClientView): readonly RiskNow[] =>
  riskKinds
    .flatMap((kind) => standingOf(view, kind).flatMap((record) => riskOf(record, kind)))
    .toSorted((a, b) => place(a) - place(b) || (a.record.id < b.record.id ? -1 : 1));

/** The kinds of risks, each once with what it means, in the order of the risks. */
export const riskTypesNow = (
  risks: readonly RiskNow[],
): readonly { readonly type: string; readonly means: readonly string[] }[] => {
  const meansOf = new Map<string, string[]>();
  for (const { type, means } of risks) meansOf.set(type, [...(meansOf.get(type) ?? []), means]);
  return [...meansOf].map(([type, means]) => ({ type, means }));
};

/** What a type of risk is called; a type of a newer program by its id. */
export const riskName = (type: string, language: Language): string =>
  findCode(riskTypes, type)?.[language] ?? type;

/**
 * Whether a row may stand on the printed plan: threats to staff and mistreatment do not, since others at the
 * client's home read the paper. The client's own right to see them is answered by the region.
 */
export const isForPaper = (record: RecordView): boolean => {
  if (!isRiskKind(record.kind)) return true;
  return saidIn(record, 'risk', 'type').every((type) => {
    const code = typeof type === 'string' ? findCode(riskTypes, type) : undefined;
    return code !== undefined && code.offPaper !== true;
  });
};
