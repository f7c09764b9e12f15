import { ClientWords } from '#renderer/components/client-words.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import type { Said } from './use-said.ts';

/** One text as it is; several with the names of their fields. */
export const SaidLines = ({ said }: { readonly said: readonly Said[] }) => {
  const [only] = said;
  if (only === undefined) return null;
  if (said.length === 1) {
    return (
      <p className="paper-text">
        {only.isClients ? (
          <ClientWords text={only.text} big />
        ) : (
          <PlainText text={only.text} multiline />
        )}
      </p>
    );
  }
  return (
    <dl className="paper-fields">
      {said.map(({ field, label, text }) => (
        <div key={`${field} ${label}`}>
          <dt>{label}</dt>
          <dd>
            <PlainText text={text} multiline />
          </dd>
        </div>
      ))}
    </dl>
  );
};
