import { defineConfig } from 'i18next-cli';

export default defineConfig({
  locales: ['fi', 'sv', 'en'],
  extract: {
    input: ['src/renderer/**/*.{ts,tsx}'],
    ignore: ['**/*.test.{ts,tsx}'],
    output: 'resources/locales/{{language}}/{{namespace}}.json',
    primaryLanguage: 'fi',
    defaultNS: false,
    // Codes and states have words that no source file names one by one.
    removeUnusedKeys: false,
    // The files keep the order of the screens; a check must not ask for another one.
    sort: false,
  },
});
