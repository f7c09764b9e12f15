import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { PlainText } from './plain-text.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

export type DiffToken = {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
};

/** Added words underlined, removed ones struck through, each said aloud as well. */
export const WordDiff = ({ tokens }: { readonly tokens: readonly DiffToken[] }) => {
  const { t } = useTranslation('components');
  return (
    <span className="word-diff">
      {tokens.map((token, index) => {
        const words = <PlainText text={token.text} multiline />;
        if (token.kind === 'same') return <Fragment key={index}>{words}</Fragment>;
        const Tag = token.kind === 'added' ? 'ins' : 'del';
        return (
          <Tag key={index}>
            <VisuallyHidden>
              {token.kind === 'added' ? t('diff.added') : t('diff.removed')}{' '}
            </VisuallyHidden>
            {words}
          </Tag>
        );
      })}
    </span>
  );
};
