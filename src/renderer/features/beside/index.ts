export { BesidePane } from './beside-pane.tsx';
export { ChooseBeside } from './choose-beside.tsx';
export { SideSwitch } from './side-switch.tsx';
export { useClientName } from './use-client-name.ts';
export { useSides } from './use-sides.ts';
