import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/components/button.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';
import { presentCount, type OpenMeeting } from './open-meeting.ts';

export type PresentListProps = {
  readonly meeting: OpenMeeting;
  readonly directory: Directory;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onStep: (step: -1 | 1) => void;
  /** Somebody comes or goes: who is present is asked again before anything is shown. */
  readonly onChange: () => void;
};

/** Who is at the table, and the way from goal to goal. */
export const PresentList = ({
  meeting,
  directory,
  isFirst,
  isLast,
  onStep,
  onChange,
}: PresentListProps) => {
  const { t, i18n } = useTranslation(['meeting', 'records']);
  return (
    <section className="card meeting-present" aria-labelledby="meeting-present">
      <h2 id="meeting-present">
        {t('meeting:present')} <span className="muted">{presentCount(meeting)}</span>
      </h2>
      <ul>
        {meeting.personIds.map((id) => (
          <li key={id}>
            <ProfessionMark profession={directory.professionOf(id)} />
            <span className="meeting-other-name">
              <PlainText text={directory.nameOf(id) ?? t('records:someone')} />
              <span className="muted">
                {professionWord(directory.professionOf(id), languageOf(i18n.language))}
              </span>
            </span>
          </li>
        ))}
        {meeting.others.map((other) => (
          <li key={other.key}>
            <ProfessionMark profession="client" />
            <span className="meeting-other-name">
              <PlainText text={other.name.trim() || t('meeting:nameless')} />
              <span className="muted">
                <PlainText
                  text={[t(`meeting:outsider.${other.of}`), other.organisation.trim()]
                    .filter((word) => word !== '')
                    .join(', ')}
                />
              </span>
            </span>
          </li>
        ))}
      </ul>
      <Button variant="flat" icon="people" onPress={onChange}>
        {t('meeting:change')}
      </Button>
      <div className="meeting-steps">
        <Button isDisabled={isFirst} onPress={() => onStep(-1)}>
          {t('meeting:previous')}
        </Button>
        <Button variant="main" isDisabled={isLast} onPress={() => onStep(1)}>
          {t('meeting:next')}
        </Button>
      </div>
    </section>
  );
};
