import type { ReactNode } from 'react';
import { Label, ProgressBar as AriaProgressBar } from 'react-aria-components';

export type ProgressBarProps = {
  readonly label: string;
  /** What stands at the end: `1 240 / 1 930 · noin 20 s`. */
  readonly words: string;
  /** From 0 to 1; left out while the amount of work is not known. */
  readonly share?: number;
  /** A button to stop it. */
  readonly action?: ReactNode;
};

export const ProgressBar = ({ label, words, share, action }: ProgressBarProps) => (
  <div className="progress-row">
    <AriaProgressBar
      className="progress"
      minValue={0}
      maxValue={1}
      valueLabel={words}
      {...(share === undefined ? { isIndeterminate: true } : { value: share })}
    >
      {({ percentage, isIndeterminate }) => (
        <>
          <Label className="progress-label">{label}</Label>
          <span className="progress-track">
            <span
              className={isIndeterminate ? 'progress-fill progress-moving' : 'progress-fill'}
              style={isIndeterminate ? {} : { width: `${percentage ?? 0}%` }}
            />
          </span>
          <span className="progress-words">{words}</span>
        </>
      )}
    </AriaProgressBar>
    {action}
  </div>
);
