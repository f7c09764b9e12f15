import { useState } from 'react';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { placesOfVisit } from '#shared/domain/visits/place.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { ownPart } from '#renderer/store/own-part.ts';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref, goTo } from '#renderer/store/route.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { visitsOf, type Visit } from '../plan-model/index.ts';
import {
  correctionOf,
  freshVisit,
  reopened,
  unfinishedVisit,
  type OpenVisit,
} from './open-visit.ts';
import { VisitForm } from './visit-form.tsx';
import { VisitSummary } from './visit-summary.tsx';

export type VisitPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** The visit to read, when the address names one. */
  readonly recordId: Id | null;
};

/** A visit that is going on, or one that has been. */
export const VisitPage = ({ view, directory, recordId }: VisitPageProps) => {
  const today = useToday();
  const self = useAppSelector((state) => state.session.session?.person ?? null);
  const person = self === null ? null : (directory.people.get(self.id) ?? self);
  const unfinished = unfinishedVisit(view);
  const begin = (): OpenVisit =>
    unfinished
      ? reopened(unfinished)
      : freshVisit(
          placesOfVisit(person?.profession ?? '').find(
            (place) => ownPart(view, person, place, today)?.writes === true,
          ) ?? jointPlan,
        );
  const [open, setOpen] = useState(begin);
  const visits = visitsOf(view);
  const shown = visits.find(({ record }) => record.id === recordId);
  // What has been ended is a record: whoever comes back to the page begins another visit.
  if (visits.some(({ record }) => record.id === open.recordId)) setOpen(begin());
  const toForm = clientHref(view.caseId, 'visit');
  const correct = (visit: Visit): void => {
    setOpen(unfinished ? reopened(unfinished) : correctionOf(visit));
    goTo(toForm);
  };
  if (shown) {
    return (
      <VisitSummary
        view={view}
        directory={directory}
        visit={shown}
        hasUnfinished={unfinished !== undefined}
        onCorrect={() => correct(shown)}
        onNew={() => goTo(toForm)}
      />
    );
  }
  return (
    <VisitForm
      key={open.recordId}
      view={view}
      directory={directory}
      visit={open}
      person={person}
      onDiscarded={() => setOpen(freshVisit(open.compartment))}
      onEnded={() => goTo(clientHref(view.caseId, 'visit', { recordId: open.recordId }))}
    />
  );
};
