import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/calls.ts';
import {
  compartments as allCompartments,
  findCode,
  registerOf,
  type Compartment,
} from '#shared/domain/codes.ts';
import type { RowKind } from '#shared/domain/plan-elements.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Kbd } from '#renderer/components/kbd.tsx';
import { Select } from '#renderer/components/select.tsx';
import { DoneByKey } from '../editing/index.ts';
import { useProblemWords } from '../problems/index.ts';

export type NewRowDialogProps = {
  readonly kind: RowKind;
  /** The fields of the row's groups. */
  readonly children: ReactNode;
  /** The service in which it will lie, of those in which one may write; the joint plan asks nothing. */
  readonly place: {
    readonly compartments: readonly Compartment[];
    readonly chosen: Compartment;
    readonly onChoose: (compartment: Compartment) => void;
  };
  /** Whether anything of it has been kept as a draft: it stays where it was begun. */
  readonly isKept: boolean;
  readonly isMaking: boolean;
  readonly problem: Problem | null;
  readonly onDiscard: () => void;
  readonly onClose: () => void;
  readonly onMake: () => void;
};

/** A new row of the plan's parts, in the joint plan or in a service of a register. Closing keeps what was typed. */
export const NewRowDialog = ({
  kind,
  children,
  place: { compartments, chosen, onChoose },
  isKept,
  isMaking,
  problem,
  onDiscard,
  onClose,
  onMake,
}: NewRowDialogProps) => {
  const { t, i18n } = useTranslation('plan');
  const language = languageOf(i18n.language);
  const words = useProblemWords();
  const register = registerOf(chosen);
  return (
    <Dialog
      title={t(`parts.new.${kind}`)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="flat" onPress={onDiscard}>
            {t('new.discard')}
          </Button>
          <Button onPress={onClose}>{t('new.later')}</Button>
          <Button variant="main" isPending={isMaking} onPress={onMake}>
            {t('new.make')} <Kbd keys="Ctrl ↵" />
          </Button>
        </>
      }
    >
      <DoneByKey onDone={onMake}>
        {children}
        {register !== 'joint' && (
          <Select
            label={t(`parts.service.${register}`)}
            description={t('parts.serviceAbout')}
            value={chosen}
            onChange={onChoose}
            isDisabled={isKept}
            options={compartments.map((id) => ({
              id,
              label: findCode(allCompartments, id)?.[language] ?? id,
            }))}
          />
        )}
        <p className="group-state" aria-live="polite">
          {isKept ? t('new.kept') : ''}
        </p>
        {problem !== null && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problem)}
          </Banner>
        )}
      </DoneByKey>
    </Dialog>
  );
};
