import { formatsIn } from './formats';

describe('the formats of reports', () => {
  it('are those that the service describes itself with', () => {
    const schema = { enum: ['json', 'pdf'] };
    const parameters = [{ name: 'month' }, { name: 'format', schema }];
    const paths = { '/api/v1/reports/monthly/{month}': { get: { parameters } } };
    expect(formatsIn({ paths })).toEqual(['json', 'pdf']);
    expect(formatsIn({ paths: {} })).toEqual([]);
  });
});
