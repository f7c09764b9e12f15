export type { Command } from './commands.ts';
export { FindPalette } from './find-palette.tsx';
