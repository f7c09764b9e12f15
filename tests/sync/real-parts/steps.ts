export const edits = [
  'new-client',
  'new-need',
  'assess',
  'status',
  'order',
  'remove-record',
  'take-back',
  'settle',
  'let-in',
  'let-out',
] as const;

export type EditStep = {
  readonly do: (typeof edits)[number];
  readonly device: number;
  readonly a: number;
  readonly b: number;
};

/** What can happen. Numbers pick from what there is at that moment, so every schedule means something. */
export type Step =
  | EditStep
  /** The device begins a round; where one is under way, nothing. */
  | {
      readonly do: 'sync' | 'exchange' | 'restart' | 'fill-disk' | 'free-disk';
      readonly device: number;
    }
  /** A request reaches a server process; one that came before may come again. */
  | { readonly do: 'deliver' | 'again'; readonly message: number; readonly process: number }
  /** It reaches one that dies before one of its statements. */
  | {
      readonly do: 'server-dies';
      readonly message: number;
      readonly process: number;
      readonly statement: number;
    }
  /** The device hears the answer, or instead of it something else. */
  | { readonly do: 'answer'; readonly message: number }
  | { readonly do: 'mishear'; readonly message: number; readonly as: Mishearing }
  /** The program will be killed at a commit of what it does next. */
  | {
      readonly do: 'doom';
      readonly device: number;
      readonly commit: number;
      readonly after: boolean;
    }
  /** The device's clock goes wrong by so much. */
  | { readonly do: 'clock'; readonly device: number; readonly ms: number }
  /** Nothing happens for so long. */
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'back-up' | 'restore' };

export const mishearings = ['nothing', 'html', 'error-500', 'error-502', 'cut', 'empty'] as const;
export type Mishearing = (typeof mishearings)[number];

export type Settings = {
  readonly devices: number;
  readonly processes: number;
  readonly seed: number;
};
export type Schedule = { readonly settings: Settings; readonly steps: readonly Step[] };
