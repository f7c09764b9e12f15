import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { useDiscardDraftMutation } from '#renderer/store/calls/records-api.ts';
import { firstGroup, type NewRow } from './new-row.ts';

export type UnfinishedRowsProps = {
  readonly rows: readonly (NewRow & { readonly title: string })[];
  readonly caseId: Id;
  readonly onContinue: (row: NewRow) => void;
};

/** New rows that one began and left: go on, or let go. */
export const UnfinishedRows = ({ rows, caseId, onContinue }: UnfinishedRowsProps) => {
  const { t } = useTranslation('plan');
  const [discardDraft] = useDiscardDraftMutation();
  return rows.map((row) => (
    <Banner
      key={row.recordId}
      tone="info"
      shape="box"
      icon="edit"
      actions={
        <>
          <Button
            onPress={() =>
              void discardDraft({ caseId, recordId: row.recordId, group: firstGroup[row.kind] })
            }
          >
            {t('unfinished.discard')}
          </Button>
          <Button onPress={() => onContinue(row)}>{t('unfinished.continue')}</Button>
        </>
      }
    >
      {t(`unfinished.${row.kind}`)} <PlainText text={row.title} />
    </Banner>
  ));
};
