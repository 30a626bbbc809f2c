import { Figures } from '../../figures/figures';
import { silenceText, sliceSecondsOf } from './silence-text';
import { SILENCE_WORDS } from './silence-words';

const at = '2026-11-30T12:57:00Z';

describe('what is told of an SLO without data', () => {
  it('is since when, and for how long', () => {
    const silence = { at, dataAgeSeconds: 52 * 60, sliceSeconds: 0 };
    expect(silenceText(silence, SILENCE_WORDS.en, new Figures('en', 'UTC'))).toBe(
      'No data since Mon 30 Nov, 12:05, for 52m.',
    );
  });

  it('is of slices also when the next one ends: the time within the one that goes on is not old yet', () => {
    const silence = { at, dataAgeSeconds: 27 * 60, sliceSeconds: 30 * 60 };
    expect(silenceText(silence, SILENCE_WORDS.en, new Figures('en', 'UTC'))).toBe(
      'No data since Mon 30 Nov, 12:00, for 57m. It is counted in slices of 30m; the next one ends at 13:00.',
    );
    expect(silenceText(silence, SILENCE_WORDS.pt, new Figures('pt', 'UTC'))).toMatch(
      /^Sem dados desde .+ 12:00, há 57.+ fatias de 30.+ às 13:00\.$/,
    );
  });

  it.each([
    [{ sli: { kind: 'threshold', sliceSeconds: 300 }, budgeting: { kind: 'occurrences' } }, 300],
    [{ sli: { kind: 'ratio' }, budgeting: { kind: 'timeslices', sliceSeconds: 600 } }, 600],
    [{ sli: { kind: 'ratio' }, budgeting: { kind: 'occurrences' } }, 0],
    [{}, 0],
  ])('reads the slices of %j as %d s', (spec, seconds) => {
    expect(sliceSecondsOf(spec)).toBe(seconds);
  });
});
