import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import { registerOf, type Register } from '#shared/domain/codes.ts';
import type { Person } from '#shared/domain/directory.ts';
import { Dialog } from '#renderer/components/dialog.tsx';
import { useAppSelector } from '#renderer/store/store.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { sourcesOf } from './ground-sources.ts';
import { useGroundWords } from './ground-words.ts';
import './permissions.css';

export type GroundDialogProps = {
  readonly view: ClientView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

const registers = ['joint', 'social', 'patient'] as const satisfies readonly Register[];

/** The task classes in which somebody works today. */
const taskClassesOf = (person: Person | null, today: string): readonly string[] => {
  if (person === null) return [];
  if (person.tasks.length === 0) return [person.taskClass];
  return [
    ...new Set(
      person.tasks.filter((task) => isCurrent(task, today)).map(({ taskClass }) => taskClass),
    ),
  ];
};

/** "Miksi näen tämän": every part that is open to oneself, on what ground, how long, by which statute. */
export const GroundDialog = ({ view, isOpen, onClose }: GroundDialogProps) => {
  const { t } = useTranslation(['access', 'records']);
  const words = useGroundWords();
  const today = useToday();
  const person = useAppSelector((state) => state.session.session?.person ?? null);
  const taskClasses = taskClassesOf(person, today);
  const { parts } = view.access;
  return (
    <Dialog title={t('why.title')} isOpen={isOpen} onClose={onClose} width="wide">
      <div className="stack">
        <p className="text-s">{t('why.logged')}</p>
        <table className="who-table">
          <thead>
            <tr>
              <th scope="col">{t('why.part')}</th>
              <th scope="col">{t('why.may')}</th>
              <th scope="col">{t('why.ground')}</th>
              <th scope="col">{t('why.until')}</th>
              <th scope="col">{t('why.source')}</th>
            </tr>
          </thead>
          {registers.map((register) => {
            const open = parts.filter(({ compartment }) => registerOf(compartment) === register);
            if (open.length === 0) return undefined;
            return (
              <tbody key={register}>
                <tr className="who-first">
                  <th scope="rowgroup" colSpan={5}>
                    {t(`records:register.${register}`)}
                  </th>
                </tr>
                {open.map((part) => (
                  <tr key={part.compartment}>
                    <th scope="row">{words.part(part.compartment)}</th>
                    <td className="nowrap">{t(part.writes ? 'may.writes' : 'may.reads')}</td>
                    <td>{words.ground(part)}</td>
                    <td className="nowrap">{words.until(part.untilMs)}</td>
                    <td className="muted">{sourcesOf(part, taskClasses, today).join('; ')}</td>
                  </tr>
                ))}
              </tbody>
            );
          })}
        </table>
      </div>
    </Dialog>
  );
};
