import { useTranslation } from 'react-i18next';

const levels = ['-2', '-1', '0', '1', '2'] as const;
type Level = (typeof levels)[number];

export type GasSignProps = {
  readonly now: Level;
  /** The rating before it, drawn as a ring where it differs. */
  readonly before: Level | null;
};

const tones = ['--gas-m2', '--gas-m1', '--gas-0', '--gas-p1', '--gas-p2'] as const;
const step = 16.8;
const middle = (level: Level): number => 8.4 + step * levels.indexOf(level);

/** Five segments from −2 to +2: a dot where it is now, a ring where it was, an upright where it should be. */
export const GasSign = ({ now, before }: GasSignProps) => {
  const { t } = useTranslation(['components', 'records']);
  const word = (level: Level): string => t(`records:gasLevel.${level}`);
  return (
    <span className="gas-sign">
      <svg
        width="84"
        height="18"
        viewBox="0 0 84 18"
        role="img"
        aria-label={
          before === null
            ? t('gas.now', { now: word(now) })
            : t('gas.nowAndBefore', { now: word(now), before: word(before) })
        }
      >
        {levels.map((level, index) => (
          <path
            key={level}
            d={`M${1 + step * index} 9h14.8`}
            stroke={`var(${tones[index] ?? tones[2]})`}
            strokeWidth="3"
            opacity={level === now ? 1 : 0.38}
          />
        ))}
        <path d={`M${middle('0')} 2v14`} stroke="var(--ink)" strokeWidth="1.3" />
        {before !== null && before !== now && (
          <circle
            cx={middle(before)}
            cy="9"
            r="3.2"
            fill="var(--surface)"
            stroke="var(--ink-2)"
            strokeWidth="1.2"
          />
        )}
        <circle
          cx={middle(now)}
          cy="9"
          r="5"
          fill={`var(${tones[levels.indexOf(now)] ?? tones[2]})`}
          stroke="var(--surface)"
          strokeWidth="1.5"
        />
      </svg>
      <span aria-hidden="true">{word(now)}</span>
    </span>
  );
};
