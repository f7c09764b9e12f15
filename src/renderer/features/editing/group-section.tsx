import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { WritingHere } from '../presence/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { useAuthorWords } from './authors.ts';
import { GroupFields } from './group-fields.tsx';
import { NewerGroup } from './newer-group.tsx';
import type { FieldSurroundings } from './people-options.ts';
import type { GroupForm } from './use-group-form.ts';

/** "Saved on this computer", what is unfinished, what went wrong: one line that keeps its place. */
const SaveState = ({ form }: { readonly form: GroupForm }) => {
  const { t, i18n } = useTranslation('records');
  const now = useNow();
  const words = useProblemWords();
  const language = languageOf(i18n.language);
  const moment = form.keptAt === null ? '' : formatMoment(form.keptAt, now, language);
  switch (form.state) {
    case 'typing':
      return <>{t('save.typing')}</>;
    case 'kept':
      return <>{t('save.kept', { moment })}</>;
    case 'writing':
      return <>{t('save.writing')}</>;
    case 'written':
      return <>{t('save.written', { moment })}</>;
    case 'problem':
      return (
        <span className="group-problem">
          {form.problem ? words(form.problem) : t('save.notYet')}
          {moment !== '' && ` ${t('save.keptSafe', { moment })}`}
        </span>
      );
    default:
      return undefined;
  }
};

/** Somebody else wrote the same group while one was writing: said at once, and nothing is overwritten. */
const News = ({
  form,
  surroundings,
}: {
  readonly form: GroupForm;
  readonly surroundings: FieldSurroundings;
}) => {
  const { t } = useTranslation('records');
  const now = useNow();
  const authors = useAuthorWords(surroundings.directory);
  const newest = form.news.toSorted((a, b) => b.time - a.time)[0];
  if (!newest) return undefined;
  const values = { name: authors.name(newest), moment: authors.moment(newest, now) };
  return (
    <Banner tone="fork" shape="box" announce="polite">
      {authors.isMine(newest) ? t('news.mine', values) : t('news.other', values)}
    </Banner>
  );
};

const Unfinished = ({ form }: { readonly form: GroupForm }) => {
  const { t, i18n } = useTranslation('records');
  const now = useNow();
  if (form.state !== 'unfinished' || form.keptAt === null) return undefined;
  return (
    <Banner
      tone="info"
      shape="box"
      icon="edit"
      actions={
        <>
          <Button onPress={form.discard}>{t('unfinished.discard')}</Button>
          {form.news.length === 0 && <Button onPress={form.write}>{t('unfinished.write')}</Button>}
        </>
      }
    >
      {t('unfinished.text', {
        moment: formatMoment(form.keptAt, now, languageOf(i18n.language)),
      })}
    </Banner>
  );
};

/** A text that two wrote apart and that was joined by sentences: nobody has said yet that it is right. */
const Merged = ({
  form,
  view,
  surroundings,
}: {
  readonly form: GroupForm;
  readonly view: GroupView | undefined;
  readonly surroundings: FieldSurroundings;
}) => {
  const { t } = useTranslation('records');
  const authors = useAuthorWords(surroundings.directory);
  if (view?.state !== 'merged') return undefined;
  const names = view.heads.map((head) =>
    authors.isMine(head) ? t('oneself') : authors.name(head),
  );
  return (
    <Banner
      tone="fork"
      shape="box"
      actions={
        form.state === 'untouched' && <Button onPress={form.confirm}>{t('merged.confirm')}</Button>
      }
    >
      {t('merged.text', { one: names[0], other: names[1] })}
    </Banner>
  );
};

const Unread = () => {
  const { t } = useTranslation('records');
  return (
    <Banner tone="warn" shape="box">
      {t('unread')}
    </Banner>
  );
};

export type GroupSectionProps = {
  readonly form: GroupForm;
  readonly view: GroupView | undefined;
  readonly surroundings: FieldSurroundings;
  readonly title: string;
  /** Said and drawn only where the fields do not name themselves. */
  readonly showsTitle?: boolean;
  readonly without?: readonly string[];
  readonly autoFocus?: boolean;
  /** Something of the group could not be read: shown, and not written until it has been (SPEC N3). */
  readonly isUnread?: boolean;
  readonly children?: ReactNode;
};

/** One group, or in its place what can be shown of one that waits for a newer program. */
export const GroupSection = (props: GroupSectionProps) =>
  props.view?.newer === true ? (
    <NewerGroup {...props} view={props.view} />
  ) : (
    <EditedSection {...props} />
  );

/**
 * One group as a form of its own: typing is kept as a draft, leaving it (or Ctrl Enter) makes a change.
 * The lists and calendars that its fields open belong to it.
 */
const EditedSection = ({
  form,
  view,
  surroundings,
  title,
  showsTitle = false,
  without = [],
  autoFocus = false,
  isUnread = false,
  children,
}: GroupSectionProps) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys belong to the fields inside
  <section
    className="group-section"
    aria-label={title}
    onBlur={(event) => {
      const next = event.relatedTarget;
      if (next instanceof Element) {
        if (event.currentTarget.contains(next) || next.closest('.popover') !== null) return;
      }
      if (form.state !== 'unfinished') form.write();
    }}
    onKeyDown={(event) => {
      if (event.key === 'Enter' && event.ctrlKey) {
        event.preventDefault();
        form.write();
      }
    }}
  >
    {showsTitle && <h3>{title}</h3>}
    <Unfinished form={form} />
    <News form={form} surroundings={surroundings} />
    <Merged form={form} view={view} surroundings={surroundings} />
    {children}
    {isUnread && <Unread />}
    <fieldset className="group-fieldset" disabled={isUnread}>
      <GroupFields
        form={form}
        surroundings={surroundings}
        without={without}
        autoFocus={autoFocus}
      />
    </fieldset>
    <div className="group-foot">
      <p className="group-state" aria-live="polite">
        <SaveState form={form} />
      </p>
      <WritingHere target={form.target} directory={surroundings.directory} />
    </div>
  </section>
);
