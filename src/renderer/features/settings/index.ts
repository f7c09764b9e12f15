export { KeyList } from './key-list.tsx';
export { LanguageChoice } from './language-choice.tsx';
export { SettingsPage } from './settings-page.tsx';
