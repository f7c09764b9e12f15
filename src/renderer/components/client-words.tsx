import { PlainText } from './plain-text.tsx';

export type ClientWordsProps = {
  readonly text: string;
  /** The quoted words on a line of their own, larger: what matters most. */
  readonly big?: boolean;
  /** In a list they stand on one line; where they are read they keep their own. */
  readonly multiline?: boolean;
};

/** What the client said, in the serif and in the Finnish quotation marks. */
export const ClientWords = ({ text, big = false, multiline = big }: ClientWordsProps) => (
  <q className={big ? 'client-words client-words-big' : 'client-words'}>
    <PlainText text={text} multiline={multiline} />
  </q>
);
