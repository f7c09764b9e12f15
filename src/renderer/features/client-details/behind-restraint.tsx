import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/components/button.tsx';
import { Icon } from '#renderer/components/icon.tsx';
import './details.css';

export type BehindRestraintProps = {
  /** Restraint on disclosure (703/2023 38 §): contact details are not for every eye in the room. */
  readonly isRestrained: boolean;
  readonly children: ReactNode;
};

/** Contact details that show only when somebody asks for them, and are covered again by leaving. */
export const BehindRestraint = ({ isRestrained, children }: BehindRestraintProps) => {
  const { t } = useTranslation('details');
  const [isShown, setShown] = useState(false);
  if (!isRestrained) return children;
  return (
    <>
      <div className="details-restraint">
        <Icon name="alert" size={15} />
        <p>{isShown ? t('restraint.shown') : t('restraint.covered')}</p>
        <Button aria-expanded={isShown} onPress={() => setShown(!isShown)}>
          {isShown ? t('restraint.cover') : t('restraint.show')}
        </Button>
      </div>
      {isShown && children}
    </>
  );
};
