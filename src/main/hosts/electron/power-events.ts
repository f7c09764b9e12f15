import { powerMonitor } from 'electron';

export type PowerOptions = {
  /** Seconds without keyboard or mouse after which the desk locks; 0: never by itself. */
  readonly idleSeconds: number;
  readonly lock: () => void;
};

const lookEvery = 10_000;

/**
 * Locks when the person leaves: the computer sleeps, its screen is locked, another account comes to the
 * front, or nobody has touched it for a while. Linux tells nothing of its screen lock; idling is what
 * remains there.
 *
 * @returns what ends the watch
 */
export const lockWhenLeft = ({ idleSeconds, lock }: PowerOptions): (() => void) => {
  // Subscribed one by one: each name has its own type and its own platforms.
  powerMonitor.on('suspend', lock);
  powerMonitor.on('shutdown', lock);
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('user-did-resign-active', lock);

  let wasIdle = false;
  const timer =
    idleSeconds === 0
      ? undefined
      : setInterval(() => {
          const idle = powerMonitor.getSystemIdleTime() >= idleSeconds;
          if (idle && !wasIdle) lock();
          wasIdle = idle;
        }, lookEvery);

  return () => {
    clearInterval(timer);
    powerMonitor.off('suspend', lock);
    powerMonitor.off('shutdown', lock);
    powerMonitor.off('lock-screen', lock);
    powerMonitor.off('user-did-resign-active', lock);
  };
};
