import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionView } from '#shared/contract/views.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import { WordDiff } from '#renderer/components/word-diff.tsx';
import type { FieldSpec } from '../editing/index.ts';
import { diffWords } from './diff-words.ts';

export type VersionCardProps = {
  readonly version: Pick<VersionView, 'value' | 'profession'>;
  readonly title: string;
  readonly note: string;
  readonly specs: readonly FieldSpec[];
  readonly differing: ReadonlySet<string>;
  readonly origin: JsonObject | null;
  readonly textOf: (spec: FieldSpec, value: JsonObject) => string;
  readonly footer: ReactNode;
  readonly isChosen: boolean;
};

/** One version: every field, its differences from the common origin marked. */
export const VersionCard = ({
  version,
  title,
  note,
  specs,
  differing,
  origin,
  textOf,
  footer,
  isChosen,
}: VersionCardProps) => {
  const { t } = useTranslation(['conflict', 'records']);
  return (
    <section
      className={isChosen ? 'version card version-chosen' : 'version card'}
      aria-label={title}
    >
      <header className="version-head">
        <ProfessionMark profession={version.profession} size="big" />
        <span>
          <b>
            <PlainText text={title} />
          </b>
          <br />
          <span className="muted text-s">{note}</span>
        </span>
      </header>
      <dl className="version-fields">
        {specs.map((spec) => {
          const value = version.value as JsonObject;
          const text = textOf(spec, value);
          const before = origin === null ? null : textOf(spec, origin);
          const isSame = !differing.has(spec.name) || before === text;
          if (isSame && text === '') return undefined;
          return (
            <div key={spec.name}>
              <dt>{t(`records:field.${spec.label}`)}</dt>
              <dd className={isSame ? 'version-same' : ''}>
                {isSame || before === null ? (
                  <PlainText text={text === '' ? t('nothing') : text} multiline />
                ) : (
                  <WordDiff tokens={diffWords(before, text)} />
                )}
                {isSame && differing.size > 0 && before !== null && ` (${t('diff.same')})`}
              </dd>
            </div>
          );
        })}
      </dl>
      <footer className="version-foot">{footer}</footer>
    </section>
  );
};
