import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { findCode, taskClasses } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatDate, languageOf } from '#renderer/components/format.ts';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { ForkSign } from '#renderer/components/signs.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { isWaiting, versionsOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { actionsOf, planTree, teamOf, type TeamMember } from '../plan-model/index.ts';
import { EndDialog } from './end-dialog.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { Representatives } from './representatives.tsx';
import './team.css';

export type TeamPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** The member or close person to show, when the address names one. */
  readonly recordId: Id | null;
};

const bringIntoSight = (row: HTMLElement | null): void => row?.scrollIntoView({ block: 'nearest' });

/** Who reaches this client, in what role and how long; and who speaks for the client. */
export const TeamPage = ({ view, directory, recordId }: TeamPageProps) => {
  const { t, i18n } = useTranslation(['team', 'records']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const team = useMemo(() => teamOf(view, today), [view, today]);
  const tree = useMemo(() => planTree(view), [view]);
  const [adds, setAdds] = useState(false);
  const [ending, setEnding] = useState<TeamMember | null>(null);
  const nameOf = (member: TeamMember): string =>
    directory.nameOf(member.grant.personId) ?? t('records:someone');

  return (
    <div className="page-body team-body">
      <Card
        title={t('title')}
        note={t('count', { count: team.filter((member) => member.when === 'current').length })}
        more={
          <Button icon="plus" onPress={() => setAdds(true)}>
            {t('add.open')}
          </Button>
        }
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
                      </th>
                      <td>{t(`records:teamRole.${grant.role}`)}</td>
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
                          when !== 'ended' && (
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
      <MemberDialog
        view={view}
        directory={directory}
        isOpen={adds}
        onClose={() => setAdds(false)}
      />
      {ending && (
        <EndDialog
          view={view}
          member={ending}
          name={nameOf(ending)}
          onClose={() => setEnding(null)}
        />
      )}
    </div>
  );
};
