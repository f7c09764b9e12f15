import type { ClientView, RecordView } from '#shared/contract/views.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Language } from '#shared/domain/codes.ts';
import { isRiskKind, type RiskKind } from '#shared/domain/records/risk.ts';
import { standingOf, valueOf } from '#renderer/store/reading.ts';
import { riskName, risksNow } from './risks.ts';

/** A diagnosis, a medicine or a risk that is followed, and when it is looked at next. */
export type Check = {
  readonly record: RecordView;
  readonly kind: 'diagnosis' | 'medication' | RiskKind;
  /** As somebody wrote it; for a risk the id of its type. */
  readonly name: string;
  /** Null: nobody has said when. A risk may stand without. */
  readonly nextOn: CivilDate | null;
};

const diagnosisCheck = (record: RecordView): readonly Check[] => {
  const name = valueOf(record, 'diagnosis', 'diagnosis')?.name;
  if (name === undefined || valueOf(record, 'diagnosis', 'state')?.state === 'over') return [];
  const nextOn = valueOf(record, 'diagnosis', 'follow-up')?.nextOn ?? null;
  return [{ record, kind: 'diagnosis', name, nextOn }];
};

const medicationCheck = (record: RecordView): readonly Check[] => {
  const name = valueOf(record, 'medication', 'medicine')?.name;
  if (name === undefined || valueOf(record, 'medication', 'state')?.state === 'ended') return [];
  const nextOn = valueOf(record, 'medication', 'follow-up')?.nextOn ?? null;
  return [{ record, kind: 'medication', name, nextOn }];
};

/** Everything that is followed now: what is over or has ended asks for nothing. In the order of its writing. */
export const checksOf = (view: ClientView): readonly Check[] => {
  const inOrder = (records: readonly RecordView[]) =>
    records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return [
    ...inOrder(standingOf(view, 'diagnosis')).flatMap(diagnosisCheck),
    ...inOrder(standingOf(view, 'medication')).flatMap(medicationCheck),
    ...risksNow(view).map(({ record, kind, type, nextOn }) => ({
      record,
      kind,
      name: type,
      nextOn,
    })),
  ];
};

/** What is looked at, in words. */
export const checkName = (
  { kind, name }: Pick<Check, 'kind' | 'name'>,
  language: Language,
): string => (isRiskKind(kind) ? riskName(name, language) : name);
