import type { ForecastView } from '../../../../src/slos/forecast-view.dto';
import { Figures } from '../../figures/figures';
import { forecastSentences } from './forecast-text';
import { FORECAST_WORDS } from './forecast-words';

const KNOWN = {
  slo: 'shop/api-errors',
  group: null,
  at: '2026-11-30T12:00:00Z',
  objective: 0.999,
  window: {
    kind: 'rolling',
    duration: '30d',
    from: '2026-10-31T12:00:00Z',
    to: '2026-11-30T12:00:00Z',
  },
  budget: { bad: 50, allowedBad: 100, remainingRatio: 0.5 },
  assumption: { burn: '1h', burnRate: 3, eventsPerSecond: 1, text: '' },
  exhaustion: { at: '2026-12-05T12:00:00Z', inSeconds: 432_000, reason: null },
  exhaustionRange: { earliest: '2026-12-05T12:00:00Z', latest: null },
  recovery: null,
  recoveryRange: null,
  courses: [],
  leaving: [],
  end: null,
  projected: null,
  reason: null,
} satisfies ForecastView;
const SPENT = {
  ...KNOWN,
  exhaustion: { at: KNOWN.at, inSeconds: 0, reason: 'it is spent already' },
  recovery: {
    at: '2026-12-12T08:00:00Z',
    inSeconds: 1_022_400,
    reason: null,
    backTo: 0,
    backAt: null,
    withoutFurtherBadAt: '2026-12-01T00:00:00Z',
    highest: { at: '2026-12-20T00:00:00Z', remainingRatio: 0.4 },
  },
} satisfies ForecastView;

const EN = new Figures('en', 'UTC');
/** As the page writes instants; the comma in it is the browser's matter. */
const at = (text: string) => EN.nearInstant(`2026-12-${text}:00Z`);
const told = (view: ForecastView, language: 'en' | 'pt' = 'en') =>
  forecastSentences(view, FORECAST_WORDS[language], new Figures(language, 'UTC'));

describe('the forecast in words', () => {
  it('says when it is spent, and how far other paces put it', () => {
    expect(told(KNOWN)).toEqual([
      `At the pace of the last 1h (3.00×) it is spent on ${at('05T12:00')}, in 5d.`,
      `By the pace of an hour, six hours or a day: between ${at('05T12:00')} and never.`,
    ]);
    expect(told(KNOWN, 'pt')[0]).toMatch(
      /^No ritmo da última 1h \(3,00×\), esgota-se em .+12:00, daqui a 5/,
    );
  });

  it('says that it lasts, and what of it comes back', () => {
    const lasting: ForecastView = {
      ...KNOWN,
      exhaustion: { at: null, inSeconds: null, reason: 'something is left' },
      exhaustionRange: null,
      leaving: [0.02, 0.4, 0.1].map((shareRatio, k) => ({
        from: `2026-11-1${k}T00:00:00Z`,
        to: `2026-11-1${k + 1}T00:00:00Z`,
        leavesFrom: `2026-12-1${k}T00:00:00Z`,
        leavesTo: `2026-12-1${k + 1}T00:00:00Z`,
        bad: shareRatio * 100,
        shareRatio,
      })),
    };
    expect(told(lasting)).toEqual([
      'At the pace of the last 1h (3.00×) it lasts for the whole of the next 30d.',
      `40.0% of the budget, spent on 11 Nov, comes back by ${at('12T00:00')}.`,
    ]);
  });

  it('says of a spent one when something is left again, and when at best', () => {
    expect(told(SPENT)).toEqual([
      `At the pace of the last 1h (3.00×) something is left again on ${at('12T08:00')}, in 11d 20h.`,
      `Without any further bad event something is left again on ${at('01T00:00')}.`,
      `The most there will be is 40.0%, on ${at('20T00:00')}.`,
    ]);
  });

  it('says of one that stays spent that it does', () => {
    const recovery = { ...SPENT.recovery, at: null, inSeconds: null };
    expect(told({ ...SPENT, recovery })[0]).toContain('stays spent for the whole of the next 30d');
  });

  it('says of a calendar period what is left at its end', () => {
    const month: ForecastView = {
      ...KNOWN,
      window: { ...KNOWN.window, kind: 'calendar', duration: 'month' },
      exhaustion: { at: null, inSeconds: null, reason: 'something is left' },
      projected: {
        endsAt: '2026-12-01T00:00:00Z',
        allowedBad: 100,
        bad: 60,
        remainingRatio: 0.4,
        exhaustedAt: null,
      },
    };
    expect(told(month)[0]).toContain(`until the period ends on ${at('01T00:00')}, with 40.0% left`);
  });

  it('says nothing that is not known', () => {
    expect(told({ ...KNOWN, reason: 'no event' })).toEqual([FORECAST_WORDS.en.unknown]);
    const assumption = { ...KNOWN.assumption, burnRate: null };
    expect(told({ ...KNOWN, assumption }, 'pt')).toEqual([FORECAST_WORDS.pt.unknown]);
  });
});
