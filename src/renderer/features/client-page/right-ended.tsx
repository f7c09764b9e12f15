import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { keepAllDrafts } from '#renderer/store/editing/autosave.ts';
import { dropped, editKey, type EditedGroup } from '#renderer/store/editing/editing-slice.ts';
import type { Directory } from '#renderer/store/people.ts';
import { clientsHref, goTo, syncHref } from '#renderer/store/route.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';
import { fieldsOf, useFieldText } from '../editing/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { hasLeft } from './standing.ts';

/** What has become of a text whose client has left: the core sends what is kept for review by itself. */
const Fate = ({ edited }: { readonly edited: EditedGroup }) => {
  const { t } = useTranslation('client');
  const words = useProblemWords();
  const { state, problem, keptAt } = edited;
  if (state === 'written') return t('ended.written');
  const isKept = keptAt !== null && (problem === null || hasLeft(problem.code));
  if (isKept && state !== 'typing') return t('ended.kept');
  return state === 'problem' && problem !== null ? words(problem) : t('ended.keeping');
};

const Unfinished = ({
  edited,
  directory,
}: {
  readonly edited: EditedGroup;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation(['client', 'records']);
  const textOf = useFieldText(null, directory);
  const { kind, group, value } = edited;
  // A note is called the same as its one group.
  const place = [
    ...new Set([
      t([`records:kind.${kind}`, 'records:kind.unknown']),
      t([`records:group.${kind}.${group}`, 'records:group.unknown']),
    ]),
  ].join(' · ');
  const texts = fieldsOf(kind, group)
    .filter((spec) => spec.type !== 'record' && spec.type !== 'document')
    .map((spec) => ({ spec, text: textOf(spec, value) }))
    .filter(({ text }) => text !== '');
  return (
    <li className="client-unfinished">
      <b>{place}</b>
      <dl>
        {texts.map(({ spec, text }) => (
          <div key={spec.name}>
            <dt className="muted">{t(`records:field.${spec.label}`)}</dt>
            <dd>
              <PlainText text={text} multiline />
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-s" role="status">
        <Fate edited={edited} />
      </p>
    </li>
  );
};

/**
 * The right ended while the client was open. Nothing of the client is shown any more, but what the person
 * was writing is: it goes to the region for review, and stays in sight until they leave.
 */
export const RightEnded = ({
  caseId,
  directory,
  why,
}: {
  readonly caseId: Id;
  readonly directory: Directory;
  /** A time that was set from the beginning ran out, the person ended it, or somebody else did. */
  readonly why: 'clock' | 'own' | 'taken';
}) => {
  const { t } = useTranslation('client');
  const dispatch = useAppDispatch();
  const editing = useAppSelector((state) => state.editing);
  const edits = useMemo(
    () => Object.values(editing).filter((edited) => edited.caseId === caseId),
    [editing, caseId],
  );
  useEffect(() => {
    void dispatch(keepAllDrafts());
  }, [dispatch]);
  const leave = (): void => {
    for (const edited of edits) {
      if (edited.keptAt !== null) dispatch(dropped(editKey(edited)));
    }
    goTo(clientsHref);
  };
  return (
    <div className="page-body client-failed">
      <h1>{t('ended.title')}</h1>
      <Banner
        tone="info"
        shape="box"
        announce="assertive"
        actions={
          <Button variant="main" onPress={leave}>
            {t('toClients')}
          </Button>
        }
      >
        {t(`ended.because.${why}`)}
      </Banner>
      {edits.length > 0 && (
        <Card
          title={t('ended.yours')}
          note={t('ended.yoursNote')}
          more={<TextLink href={syncHref}>{t('ended.toSync')}</TextLink>}
          className="client-ended-texts"
        >
          <ul>
            {edits.map((edited) => (
              <Unfinished key={editKey(edited)} edited={edited} directory={directory} />
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
};
