import { preferredLanguage } from './preferred-language';

describe('the language that a browser prefers', () => {
  it.each([
    [['pt-PT', 'en'], 'pt'],
    [['PT'], 'pt'],
    [['de', 'fr', 'pt-BR', 'en'], 'pt'],
    [['en-US', 'pt'], 'en'],
    [['de'], 'en'],
    [['ptx'], 'en'],
    [[], 'en'],
  ])('%j: %s', (wanted, language) => {
    expect(preferredLanguage(wanted)).toBe(language);
  });
});
