import { useTranslation } from 'react-i18next';
import { compartments, findCode } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { civilDateOf, formatDate, languageOf } from '#renderer/components/format.ts';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref } from '#renderer/store/route.ts';
import type { PartReaders as Part, PlanReader } from './plan-readers.ts';
import { Reader } from './reader.tsx';

export type PartReadersProps = {
  readonly part: Part;
  readonly directory: Directory;
  /** The part's name is told where there are several. */
  readonly isNamed: boolean;
  readonly caseId: Id;
  /** Those too who have read an earlier version, with the way to what has changed since. */
  readonly withEarlier?: boolean;
};

const Since = ({ caseId, reader }: { readonly caseId: Id; readonly reader: PlanReader }) => {
  const { t } = useTranslation('readers');
  const since = civilDateOf(reader.time);
  return (
    <TextLink href={clientHref(caseId, 'history', { since })}>
      {t('since', { date: formatDate(since) })}
    </TextLink>
  );
};

/** Who has acknowledged one part of the plan: this version of it, and an earlier one. */
export const PartReaders = ({
  part,
  directory,
  isNamed,
  caseId,
  withEarlier = false,
}: PartReadersProps) => {
  const { t, i18n } = useTranslation('readers');
  const name = findCode(compartments, part.compartment)?.[languageOf(i18n.language)];
  const earlier = withEarlier ? part.earlier : [];
  if (part.current.length + earlier.length === 0) return undefined;
  const row = (title: string, readers: readonly PlanReader[], isEarlier: boolean) =>
    readers.length > 0 && (
      <div className="readers-row">
        <dt className="muted text-s">{title}</dt>
        <dd>
          {readers.map((reader) => (
            <span key={reader.personId} className="plan-reader">
              <Reader reader={reader} directory={directory} withProfession />
              {isEarlier && <Since caseId={caseId} reader={reader} />}
            </span>
          ))}
        </dd>
      </div>
    );
  return (
    <div className="readers-part">
      {isNamed && <h3>{name ?? part.compartment}</h3>}
      <dl>
        {row(t('current'), part.current, false)}
        {row(t('earlier'), earlier, true)}
      </dl>
    </div>
  );
};
