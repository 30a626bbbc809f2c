import { markerBody, type MarkerDraft, missingInMarker } from './marker-draft';

const DRAFT: MarkerDraft = {
  ...{ kind: 'deploy', at: '2026-11-20T12:00', end: '', text: ' 1.4.2 ' },
  ...{ about: '', link: '' },
};

describe('a marker in a form', () => {
  it.each<[Partial<MarkerDraft>, object]>([
    [{}, {}],
    [{ about: 'shop' }, { service: 'shop' }],
    [{ about: ' shop/api ' }, { slo: 'shop/api' }],
    [{ end: '2026-11-20T12:30' }, { end: '2026-11-20T11:30:00.000Z' }],
    [{ link: 'https://ci.example.com/8' }, { link: 'https://ci.example.com/8' }],
  ])('is sent with what was said: %j', (given, more) => {
    expect(markerBody({ ...DRAFT, ...given }, 'Europe/Berlin')).toEqual({
      ...{ kind: 'deploy', at: '2026-11-20T11:00:00.000Z', text: '1.4.2' },
      ...more,
    });
  });

  it('says what is missing', () => {
    expect(missingInMarker(DRAFT, 'UTC')).toEqual([]);
    expect(missingInMarker({ ...DRAFT, at: '', text: ' ' }, 'UTC')).toEqual(['at', 'text']);
  });
});
