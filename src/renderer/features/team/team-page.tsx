import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { findCode, jointPlan, permissionsCompartment, taskClasses } from '#shared/domain/codes.ts';
import type { Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatDate, formatShortDate, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { ForkSign } from '#renderer/components/signs.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { useOwnPart } from '#renderer/store/own-part.ts';
import type { Directory } from '#renderer/store/people.ts';
import { isWaiting, versionsOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { actionsOf, planTree, teamOf, type TeamMember } from '../plan-model/index.ts';
import { EndDialog } from './end-dialog.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { Representatives } from './representatives.tsx';
import { absenceOf, consentStanding } from './team-facts.ts';
import './team.css';

export type TeamPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** The member or close person to show, when the address names one. */
  readonly recordId: Id | null;
};

const bringIntoSight = (row: HTMLElement | null): void => row?.scrollIntoView({ block: 'nearest' });

/** `poissa 24.11.–8.12., sijainen Ville Saarela` */
const Away = ({
  personId,
  directory,
}: {
  readonly personId: Id;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation(['team', 'records']);
  const today = useToday();
  const absence = absenceOf(directory.absences, personId, today);
  if (!absence) return undefined;
  const days = {
    from: formatShortDate(absence.validFrom, today),
    to: formatShortDate(absence.validTo, today),
  };
  return (
    <span className="team-under team-away">
      <PlainText
        text={
          absence.deputyId === null
            ? t('away.nobody', days)
            : t('away.deputy', {
                ...days,
                name: directory.nameOf(absence.deputyId) ?? t('records:someone'),
              })
        }
      />
    </span>
  );
};

/** Somebody of another sector who sees nothing, because the client's consent is not there. */
const NoConsent = ({
  view,
  person,
}: {
  readonly view: ClientView;
  readonly person: Person | undefined;
}) => {
  const { t } = useTranslation('team');
  const today = useToday();
  const maySee = useOwnPart(view, permissionsCompartment) !== null;
  const standing = person ? consentStanding(view, person, today, maySee) : 'no-sector';
  if (standing === 'in-force' || standing === 'not-shown') return undefined;
  return (
    <span className="team-under">
      <Tag tone="warn" icon="alert">
        {t('consent.none')}
      </Tag>
    </span>
  );
};

/** Who reaches this client, in what role and how long; and who speaks for the client. */
export const TeamPage = ({ view, directory, recordId }: TeamPageProps) => {
  const { t, i18n } = useTranslation(['team', 'records']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const team = useMemo(() => teamOf(view, today), [view, today]);
  const tree = useMemo(() => planTree(view), [view]);
  const [adds, setAdds] = useState(false);
  const [ending, setEnding] = useState<TeamMember | null>(null);
  const mayManage = view.access.parts.some(
    ({ compartment, manages }) => compartment === jointPlan && manages,
  );
  const nameOf = (member: TeamMember): string =>
    directory.nameOf(member.grant.personId) ?? t('records:someone');

  return (
    <div className="page-body team-body">
      <Card
        title={t('title')}
        note={t('count', { count: team.filter((member) => member.when === 'current').length })}
        {...(mayManage
          ? {
              more: (
                <Button icon="plus" onPress={() => setAdds(true)}>
                  {t('add.open')}
                </Button>
              ),
            }
          : {})}
        flush
      >
        {team.length === 0 ? (
          <EmptyState>{t('empty')}</EmptyState>
        ) : (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by arrow keys
          <div className="team-scroll" tabIndex={0} role="group" aria-label={t('title')}>
            <table className="team-table">
              <thead>
                <tr>
                  <th scope="col">{t('column.name')}</th>
                  <th scope="col">{t('column.role')}</th>
                  <th scope="col">{t('column.task')}</th>
                  <th scope="col">{t('column.answers')}</th>
                  <th scope="col">{t('column.validity')}</th>
                  <th scope="col">
                    <span className="visually-hidden">{t('column.end')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {team.map((member) => {
                  const { grant, record, when } = member;
                  const versions = versionsOf(record);
                  const actions = actionsOf(tree, grant.personId).length;
                  return (
                    <tr
                      key={record.id}
                      {...(record.id === recordId ? { ref: bringIntoSight } : {})}
                      className={[
                        when === 'ended' ? 'team-ended' : '',
                        record.id === recordId ? 'team-shown' : '',
                      ].join(' ')}
                    >
                      <th scope="row">
                        <ProfessionName
                          profession={grant.profession}
                          person={nameOf(member)}
                          withProfession
                        />
                        {when !== 'ended' && (
                          <Away personId={grant.personId} directory={directory} />
                        )}
                      </th>
                      <td>
                        {t(`records:teamRole.${grant.role}`)}
                        {grant.role === 'student' && grant.supervisorId && (
                          <span className="team-under muted">
                            {t('guidedBy', {
                              name: directory.nameOf(grant.supervisorId) ?? t('records:someone'),
                            })}
                          </span>
                        )}
                        {grant.role === 'external' && member.when === 'current' && (
                          <NoConsent view={view} person={directory.people.get(grant.personId)} />
                        )}
                      </td>
                      <td className="muted">
                        {findCode(taskClasses, grant.taskClass)?.[language] ?? ''}
                      </td>
                      <td className="nowrap">
                        {actions > 0 ? t('actions', { count: actions }) : '–'}
                      </td>
                      <td className="nowrap">
                        {formatDate(grant.validFrom)} –{' '}
                        {grant.validTo === null ? t('untilFurther') : formatDate(grant.validTo)}{' '}
                        {when !== 'current' && <Tag>{t(`when.${when}`)}</Tag>}
                        {isWaiting(record) && <Tag tone="line">{t('onlyHere')}</Tag>}
                      </td>
                      <td className="team-act">
                        {versions > 0 ? (
                          <>
                            <ForkSign versions={versions} />{' '}
                            <TextLink
                              href={clientHref(view.caseId, 'team', {
                                recordId: record.id,
                                settle: 'grant',
                              })}
                            >
                              {t('settle')}
                            </TextLink>
                          </>
                        ) : (
                          when !== 'ended' &&
                          mayManage && (
                            <Button
                              variant="flat"
                              aria-label={t('end.of', { name: nameOf(member) })}
                              onPress={() => setEnding(member)}
                            >
                              {t('end.open')}
                            </Button>
                          )
                        )}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      <Representatives view={view} directory={directory} recordId={recordId} />
      {adds && <MemberDialog view={view} directory={directory} onClose={() => setAdds(false)} />}
      {ending && (
        <EndDialog
          view={view}
          directory={directory}
          member={ending}
          name={nameOf(ending)}
          onClose={() => setEnding(null)}
        />
      )}
    </div>
  );
};
