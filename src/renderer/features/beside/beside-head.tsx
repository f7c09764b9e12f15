import { useTranslation } from 'react-i18next';
import { IconButton } from '#renderer/components/button.tsx';
import { formatDate } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { Tooltip } from '#renderer/components/tooltip.tsx';
import { besideClosed, besideTabs, besideTurned, type BesideTab } from '#renderer/store/beside.ts';
import { useAppDispatch } from '#renderer/store/store.ts';
import type { ClientFacts } from '../plan-model/index.ts';

export type BesideHeadProps = {
  /** Null until the client has come, and when nothing of the client may be shown. */
  readonly facts: ClientFacts | null;
  /** In sight alone, its name is the heading of the window. */
  readonly isAlone: boolean;
  readonly tab: BesideTab;
  readonly onSwap: () => void;
};

/** Whose client this is, that it is only read, and what can be done with the pane. */
export const BesideHead = ({ facts, isAlone, tab, onSwap }: BesideHeadProps) => {
  const { t } = useTranslation(['beside', 'client', 'records', 'planPrint']);
  const dispatch = useAppDispatch();
  const Heading = isAlone ? 'h1' : 'h2';
  const name = facts === null ? t('beside:other') : facts.name || t('client:nameless');
  const names: Readonly<Record<BesideTab, string>> = {
    overview: t('client:tab.overview'),
    plan: t('client:tab.plan'),
    notes: t('client:tab.notes'),
  };
  return (
    <header className="beside-head">
      <div className="beside-who">
        <Heading>
          <PlainText text={name} />
        </Heading>
        {facts !== null && facts.birthDate !== null && (
          <span className="text-s nowrap">
            {t('planPrint:born', { date: formatDate(facts.birthDate) })}
          </span>
        )}
        <Tag icon="lock">{t('beside:readOnly')}</Tag>
        {facts?.restraintOnDisclosure === true && (
          <Tag tone="bad" icon="alert">
            {t('records:restraint')}
          </Tag>
        )}
        <span className="row end">
          {facts !== null && (
            <Tooltip text={t('beside:swapHint')}>
              <IconButton icon="swap" label={t('beside:swap')} onPress={onSwap} />
            </Tooltip>
          )}
          <Tooltip text={`${t('beside:close')} (Esc)`}>
            <IconButton
              icon="close"
              label={t('beside:close')}
              onPress={() => void dispatch(besideClosed())}
            />
          </Tooltip>
        </span>
      </div>
      {facts !== null && (
        <SegmentedControl
          label={t('beside:tabs')}
          value={tab}
          segments={besideTabs.map((id) => ({ id, label: names[id] }))}
          onChange={(chosen) => void dispatch(besideTurned({ tab: chosen, recordId: null }))}
        />
      )}
    </header>
  );
};
