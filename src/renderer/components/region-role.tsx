import { createContext, type ReactNode, useContext } from 'react';

const RegionRole = createContext<'group' | undefined>(undefined);

/** What is below is one landmark already, such as a client beside: its parts are groups, not landmarks more. */
export const InsideLandmark = ({ children }: { readonly children: ReactNode }) => (
  <RegionRole value="group">{children}</RegionRole>
);

/** The role of a named section: its own, or a group's inside a landmark. */
export const useRegionRole = (): 'group' | undefined => useContext(RegionRole);
