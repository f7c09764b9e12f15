import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { contingencyTriggers, findCode } from '#shared/domain/codes.ts';
import { contactIdOf } from '#shared/domain/ids.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ChangedMark } from '#renderer/components/signs.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { recordById, standingOf, valueOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { riskName, type PlanTree, type Visit } from '../plan-model/index.ts';
import { SeenButton, UnseenList } from '../unseen/index.ts';
import { changesSince } from './changes-since.ts';
import { risksOf, type Risk } from './risks.ts';
import { useVisitWords, VisitLine } from './visit-line.tsx';

type BeforeVisitProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly tree: PlanTree;
  readonly visits: readonly Visit[];
};

const fewChanges = 6;
const fewVisits = 4;

/** Where the client lives and who stands close; covered under a restraint on disclosure. */
const WhereCard = ({ view }: Pick<BeforeVisitProps, 'view'>) => {
  const { t } = useTranslation(['visit', 'records']);
  const contact = valueOf(recordById(view, contactIdOf(view.caseId)), 'contact', 'contact');
  const people = standingOf(view, 'representative').flatMap((record) => {
    const details = valueOf(record, 'representative', 'details');
    return details === null ? [] : [{ id: record.id, ...details }];
  });
  const address = [
    contact?.streetAddress ?? '',
    [contact?.postalCode ?? '', contact?.town ?? ''].filter((word) => word !== '').join(' '),
  ].filter((word) => word !== '');
  return (
    <Card
      title={t('visit:where')}
      more={<TextLink href={clientHref(view.caseId, 'details')}>{t('visit:toDetails')}</TextLink>}
    >
      <ul className="stack">
        <li className="visit-address">
          {view.contactCovered
            ? t('visit:covered')
            : address.length === 0
              ? t('visit:noAddress')
              : address.map((line) => (
                  <span key={line}>
                    <PlainText text={line} />
                  </span>
                ))}
          {(contact?.phone ?? '') !== '' && <PlainText text={contact?.phone ?? ''} />}
        </li>
        {people.map(({ id, name, role, phone, taskInPlan }) => (
          <li key={id} className="text-s">
            <PlainText text={[name, phone].filter((word) => word !== '').join(' · ')} />{' '}
            <span className="muted">
              {t(`records:representativeRole.${role}`)} <PlainText text={taskInPlan} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
};

const RiskRow = ({ risk }: { readonly risk: Risk }) => {
  const { t, i18n } = useTranslation(['visit', 'records', 'client']);
  const language = languageOf(i18n.language);
  switch (risk.kind) {
    case 'restraint':
      return (
        <Tag tone="bad" icon="alert">
          {t('records:restraint')}
        </Tag>
      );
    case 'interpreter':
      return <Tag tone="info">{t('client:interpreter')}</Tag>;
    default:
      return (
        <>
          <b>
            {risk.kind === 'risk' ? (
              riskName(risk.title, language)
            ) : risk.kind === 'contingency' ? (
              (findCode(contingencyTriggers, risk.title)?.[language] ?? risk.title)
            ) : risk.title === '' ? (
              t(`visit:risk.${risk.kind}`)
            ) : (
              <PlainText text={risk.title} />
            )}
          </b>{' '}
          <PlainText text={risk.text} multiline />
        </>
      );
  }
};

const RisksCard = ({ view, tree }: Pick<BeforeVisitProps, 'view' | 'tree'>) => {
  const { t } = useTranslation('visit');
  const risks = useMemo(() => risksOf(view, tree), [view, tree]);
  return (
    <Card title={t('risks')} className="visit-risks">
      {risks.length === 0 ? (
        <EmptyState
          action={<TextLink href={clientHref(view.caseId, 'plan')}>{t('toPlan')}</TextLink>}
        >
          {t('noRisks')}
        </EmptyState>
      ) : (
        <ul className="visit-facts">
          {risks.map((risk) => (
            <li key={`${risk.kind}-${risk.id}`}>
              <RiskRow risk={risk} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};

const ChangesCard = ({ view, directory, visits }: Omit<BeforeVisitProps, 'tree'>) => {
  const { t } = useTranslation(['visit', 'unseen']);
  const words = useVisitWords();
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const own = visits.find(({ written }) => written.authorId === ownId);
  const changes = changesSince(view, ownId, own?.written.time ?? null);
  return (
    <Card
      title={
        <>
          {changes.length > 0 && <ChangedMark />}{' '}
          {own
            ? t('visit:changedSince', { moment: words.when(own.report.startedAt) })
            : t('unseen:title')}
        </>
      }
      {...(changes.some(({ record }) => record.unseen.length > 0)
        ? { more: <SeenButton view={view} section={null} /> }
        : {})}
      className="visit-changes"
    >
      {changes.length === 0 ? (
        <p className="muted text-s">{t('visit:noChanges')}</p>
      ) : (
        <>
          <UnseenList view={view} directory={directory} unseen={changes.slice(0, fewChanges)} />
          {changes.length > fewChanges && (
            <TextLink href={clientHref(view.caseId, 'history')}>
              {t('visit:moreChanges', { count: changes.length - fewChanges })}
            </TextLink>
          )}
        </>
      )}
    </Card>
  );
};

const EarlierCard = ({ view, directory, visits }: Omit<BeforeVisitProps, 'tree'>) => {
  const { t } = useTranslation('visit');
  if (visits.length === 0) return undefined;
  return (
    <Card title={t('earlier')}>
      <ul className="list visit-earlier">
        {visits.slice(0, fewVisits).map((visit) => (
          <li key={visit.record.id}>
            <VisitLine view={view} directory={directory} visit={visit} />
          </li>
        ))}
      </ul>
    </Card>
  );
};

/** What one must know before the visit: where, risks, what changed, how the last ones went. */
export const BeforeVisit = (props: BeforeVisitProps) => (
  <div className="visit-before">
    <WhereCard view={props.view} />
    <RisksCard view={props.view} tree={props.tree} />
    <ChangesCard {...props} />
    <EarlierCard {...props} />
  </div>
);
