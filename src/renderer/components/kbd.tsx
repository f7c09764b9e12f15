/** A key or a chord, written as it stands on a Finnish keyboard: `Ctrl K`, `F8`. */
export const Kbd = ({ keys }: { readonly keys: string }) => <kbd className="kbd">{keys}</kbd>;
