import { useTranslation } from 'react-i18next';
import type { SetAsideChangeView, SetAsidePlanView } from '#shared/contract/set-aside-views.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref, tabOfKind } from '#renderer/store/route.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { useFieldText } from '../editing/index.ts';
import { CopyWords } from './copy-words.tsx';
import { RowHead, textsOf, WordsOf } from './outbox-rows.tsx';

/** A change that came and could not be read: whose and of what, as far as that can be told. */
export const IncomingRow = ({ row }: { readonly row: SetAsideChangeView }) => {
  const { t, i18n } = useTranslation(['sync', 'records']);
  const now = useNow();
  const { caseId, clientName, kind, group, code } = row;
  return (
    <li>
      <Icon name="alert" size={15} />
      <div className="grow">
        <span>
          {caseId === null || clientName === null ? (
            <b>{t('setAside.unknownClient')}</b>
          ) : (
            <TextLink href={clientHref(caseId, kind === null ? 'overview' : tabOfKind(kind))}>
              <PlainText text={clientName} />
            </TextLink>
          )}
          {kind !== null && <> · {t([`records:kind.${kind}`, 'records:kind.unknown'])}</>}
          {kind !== null && group !== null && (
            <> · {t([`records:group.${kind}.${group}`, 'records:group.unknown'])}</>
          )}{' '}
          <span className="muted">
            {t('setAside.came', {
              moment: formatMoment(row.takenMs, now, languageOf(i18n.language)),
            })}
          </span>
        </span>
        <p className="text-s">{t(row.isErased ? 'setAside.erased' : `setAside.why.${code}`)}</p>
      </div>
    </li>
  );
};

/** A client whose changes wait behind one that the server stumbles over; one's own words can be taken out. */
export const WaitingPlanRow = ({
  plan,
  directory,
}: {
  readonly plan: SetAsidePlanView;
  readonly directory: Directory;
}) => {
  const { t, i18n } = useTranslation(['sync', 'records']);
  const now = useNow();
  const language = languageOf(i18n.language);
  const textOf = useFieldText(null, directory);
  const [first] = plan.rows;
  if (!first) return undefined;
  const isCovered = first.kind === 'contact';
  const words = plan.rows
    .filter(({ kind }) => kind !== 'contact')
    .flatMap((row) =>
      textsOf(row, textOf).map(({ spec, text }) => `${t(`records:field.${spec.label}`)}: ${text}`),
    );
  return (
    <li>
      <Icon name="clock" size={15} />
      <div className="grow">
        <RowHead row={first} />
        <p className="text-s">
          {t(`setAside.why.${plan.code}`)}{' '}
          {plan.rows.length > 1 && t('setAside.behind', { count: plan.rows.length - 1 })}{' '}
          {plan.nextMs > now
            ? t('setAside.next', { moment: formatMoment(plan.nextMs, now, language) })
            : t('setAside.nextNow')}
        </p>
        {!isCovered && <WordsOf texts={textsOf(first, textOf)} />}
        <p className="muted text-xs">{t('setAside.support', { code: plan.code })}</p>
      </div>
      {words.length > 0 && (
        <CopyWords
          caseId={first.caseId}
          isOpen={first.clientName !== null}
          words={words.join('\n')}
        />
      )}
    </li>
  );
};
