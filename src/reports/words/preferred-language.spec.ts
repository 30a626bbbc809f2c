import { preferredLanguage } from './preferred-language';

describe('the language of a reader', () => {
  it.each([
    ['pt', 'pt'],
    ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
    ['pt-PT', 'pt'],
    ['en-GB,pt;q=0.5', 'en'],
    ['de,pt;q=0.5', 'pt'],
    ['de', 'en'],
    ['*', 'en'],
    ['pt;q=0', 'en'],
    ['', 'en'],
    ['!"§$%', 'en'],
    [undefined, 'en'],
  ])('of Accept-Language %j is %j', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
