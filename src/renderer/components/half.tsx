import { createContext, type ReactNode, useContext } from 'react';

const Half = createContext(false);

/** What is below has half of the window: grids leave out their extra columns. */
export const HalfWidth = ({
  isHalf,
  children,
}: {
  readonly isHalf: boolean;
  readonly children: ReactNode;
}) => <Half value={isHalf}>{children}</Half>;

export const useIsHalf = (): boolean => useContext(Half);
