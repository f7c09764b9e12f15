import { useTranslation } from 'react-i18next';
import { PlainText } from '#renderer/components/plain-text.tsx';
import type { MinuteWords } from './use-minutes.ts';

export type MinutesHead = {
  readonly title: string;
  readonly when: string;
  readonly about: string;
  readonly staff: string;
  readonly others: readonly string[];
};

/** The minutes as they are read, on the screen and on paper. */
export const MinutesPaper = ({
  head: { title, when, about, staff, others },
  words,
}: {
  readonly head: MinutesHead;
  readonly words: MinuteWords;
}) => {
  const { t } = useTranslation('meeting');
  return (
    <>
      <h3 className="minutes-title">
        <PlainText text={title} />
      </h3>
      <p>{when}</p>
      {about !== '' && (
        <p>
          {t('about')}: <PlainText text={about} />
        </p>
      )}
      <p>
        {t('present')}: <PlainText text={[staff, ...others].join('; ')} />
      </p>
      {words.map(({ section, title: heading, lines }) => (
        <section key={section} aria-label={heading}>
          <h3>{heading}</h3>
          <ul>
            {lines.map(({ recordId, what, says, by }) => (
              <li key={recordId}>
                <b>
                  <PlainText text={what} />
                </b>{' '}
                <span className="muted">
                  <PlainText text={by} />
                </span>
                {says.map((line) => (
                  <p key={line}>
                    <PlainText text={line} multiline />
                  </p>
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
};
