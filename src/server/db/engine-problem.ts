/** Why the region's own database does not run. `message` is for the person who starts the server. */
export type EngineProblem = {
  readonly code:
    | 'no-engine-for-platform'
    | 'no-engine-user'
    | 'folder-unreachable'
    | 'folder-damaged'
    | 'folder-of-other-version'
    | 'would-not-start';
  readonly message: string;
};

/** Carries a problem out of nested steps; `startEngine` turns it into a value again. */
export class EngineFailure extends Error {
  readonly problem: EngineProblem;

  constructor(code: EngineProblem['code'], message: string) {
    super(message);
    this.name = 'EngineFailure';
    this.problem = { code, message };
  }
}
