import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Icon } from '#renderer/components/icon.tsx';
import { useRevealContactMutation } from '#renderer/store/calls/clients-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { clientFacts } from '../plan-model/index.ts';
import { useProblemWords } from '../problems/index.ts';
import './details.css';

export type BehindRestraintProps = {
  readonly view: ClientView;
  /** Gets the client with its contact details: uncovered where they were covered. */
  readonly children: (shown: ClientView) => ReactNode;
};

/**
 * Contact details under a restraint on disclosure (703/2023 38 §) are not for every eye in the room: they
 * come from the core only when somebody asks for them, after the look has been logged, and are covered
 * again by leaving.
 */
export const BehindRestraint = ({ view, children }: BehindRestraintProps) => {
  const { t } = useTranslation('details');
  const words = useProblemWords();
  const [isShown, setShown] = useState(false);
  const [seen, setSeen] = useState<{ readonly of: ClientView; readonly shown: ClientView } | null>(
    null,
  );
  const [reveal, { isLoading, error }] = useRevealContactMutation();
  const isCovered = view.contactCovered;
  const isStale = isCovered && isShown && seen?.of !== view;

  // What was written or came since is uncovered too; that is a look of its own.
  useEffect(() => {
    if (!isStale) return undefined;
    let isCurrent = true;
    const uncover = async (): Promise<void> => {
      const result = await reveal({ caseId: view.caseId });
      if (!isCurrent) return;
      if (result.data) setSeen({ of: view, shown: result.data });
      else setShown(false);
    };
    void uncover();
    return () => {
      isCurrent = false;
    };
  }, [isStale, reveal, view]);

  if (!isCovered && !clientFacts(view).restraintOnDisclosure) return children(view);
  const shown = isCovered ? seen?.shown : view;
  const isOpen = isShown && shown !== undefined;
  return (
    <>
      <div className="details-restraint">
        <Icon name="alert" size={15} />
        <p>{isOpen ? t('restraint.shown') : t('restraint.covered')}</p>
        <Button
          aria-expanded={isOpen}
          isPending={isLoading}
          onPress={() => {
            setShown(!isShown);
            setSeen(null);
          }}
        >
          {isOpen ? t('restraint.cover') : t('restraint.show')}
        </Button>
      </div>
      {error !== undefined && !isOpen && (
        <Banner tone="bad" shape="box" announce="assertive">
          {words(problemOf(error))}
        </Banner>
      )}
      {isOpen && children(shown)}
    </>
  );
};
