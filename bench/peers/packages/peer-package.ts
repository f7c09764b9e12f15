/**
 * A package of those in this folder's own package.json. They are installed apart from the project's, and
 * only for benchmarks, so their types are written down where they are used, as far as they are used. A
 * folder of its own, because a package.json ends the reach of the project's own import names.
 */
// oxlint-disable-next-line punos/imports -- a package of this folder, by the name that its caller knows
export const peerPackage = async <T>(name: string): Promise<T> => (await import(name)) as T;
