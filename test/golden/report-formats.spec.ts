import schema from '../../src/config/config-schema.json';
import { REPORT_FORMATS } from '../../src/reports/formats/formats';
import { LANGUAGES } from '../../src/reports/words/language';

describe('what slowburn.yaml lets closed reports be delivered in', () => {
  const { formats, languages } = schema.$defs.delivery.properties;

  it('is every format that there is', () => {
    expect(formats.items.enum).toEqual(REPORT_FORMATS.map(({ name }) => name));
  });

  it('is every language that there is', () => {
    expect(languages.items.enum).toEqual([...LANGUAGES]);
  });
});
