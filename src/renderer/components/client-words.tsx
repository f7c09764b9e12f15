import { PlainText } from './plain-text.tsx';

export type ClientWordsProps = {
  readonly text: string;
  /** The quoted words on a line of their own, larger: what matters most. */
  readonly big?: boolean;
};

/** What the client said, in the serif and in the Finnish quotation marks. */
export const ClientWords = ({ text, big = false }: ClientWordsProps) => (
  <q className={big ? 'client-words client-words-big' : 'client-words'}>
    <PlainText text={text} multiline={big} />
  </q>
);
