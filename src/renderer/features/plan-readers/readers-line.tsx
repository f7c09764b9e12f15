import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { TextLink } from '#renderer/components/button.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref } from '#renderer/store/route.ts';
import { AcknowledgeButton } from './acknowledge-button.tsx';
import { Reader } from './reader.tsx';
import { useReaders } from './use-plan-readers.ts';
import './plan-readers.css';

/** So many stand on the line by name, the latest; all of them in the history. */
const mostNamed = 1;

export type ReadersLineProps = { readonly view: ClientView; readonly directory: Directory };

/**
 * Above the plan, on one line, whatever it tells, so that the plan below stays where it is: how many of the
 * team have acknowledged the joint plan as it stands, and who lately.
 */
export const ReadersLine = ({ view, directory }: ReadersLineProps) => {
  const { t } = useTranslation('readers');
  const { parts, ofTeam, version } = useReaders(view, view);
  const joint = parts.find(({ compartment }) => compartment === jointPlan);
  if (joint === undefined) return undefined;
  const { current, earlier } = joint;
  const more = current.length - mostNamed;
  return (
    <section className="readers-line text-s" aria-label={t('title')}>
      <span>
        {t('ofTeam', ofTeam)}
        {current.length > 0 && ':'}
      </span>
      {current.slice(0, mostNamed).map((reader) => (
        <Reader key={reader.personId} reader={reader} directory={directory} />
      ))}
      {more > 0 && <span className="muted">{t('more', { count: more })}</span>}
      {current.length === 0 && earlier.length > 0 && (
        <span className="muted">{t('earlierCount', { count: earlier.length })}</span>
      )}
      <TextLink href={clientHref(view.caseId, 'history')}>{t('all')}</TextLink>
      <span className="row end">
        <AcknowledgeButton view={view} version={version} />
      </span>
    </section>
  );
};
