import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { burnOver, figuresOf, START } from '../../test/support/figures';
import { type HandFilled, MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith, uptimeWith } from '../../test/support/slos';
import { Objective } from '../domain/objective';
import type { Figures } from './figures';
import { LedgerFigurer } from './ledger-figurer';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

describe('the budget of a rolling window', () => {
  it('is 60 % of 12 960 s when 99.8 % was achieved of 99.5 %', async () => {
    const figures = await figuresOf(sloWith({ objective: '0.995' }), (stream) =>
      stream.until(START + 30 * DAY, HOUR, { good: 998, bad: 2 }),
    );
    expect(figures.budget).toMatchObject({
      span: { from: START, to: START + 30 * DAY },
      sliRatio: 0.998,
      budget: { allowedBad: 3600, consumedRatio: 0.4, remainingRatio: 0.6, remainingBad: 2160 },
      budgetSeconds: 12_960,
      spent: { consumedSeconds: 5_184, remainingSeconds: 7_776 },
      coverageRatio: 1,
      raw: { sliRatio: 0.998, remainingRatio: 0.6 },
      reason: null,
    });
    expect(figures.status).toBe('healthy');
  });

  it('begins on the five-minute grid, and says so', async () => {
    const at = START + 31 * DAY + 3 * MINUTE;
    const figures = await figuresOf(sloWith(), (stream) => stream.until(at, MINUTE, { good: 1 }));
    expect(figures.budget.span).toEqual({ from: START + DAY, to: at });
    expect(figures.budget.events.total).toBe(BigInt((at - START - DAY) / MINUTE));
    expect(figures.budget.coverageRatio).toBe(1);
  });

  it('forgets what has left the window', async () => {
    const outage = START + HOUR;
    const fill = (stream: HandFilled) =>
      stream
        .until(START + HOUR, HOUR, { good: 0, bad: 100 })
        .until(START + 31 * DAY, HOUR, { good: 100 });
    const before = await figuresOf(sloWith(), fill, { at: outage + 30 * DAY - 5 * MINUTE });
    const after = await figuresOf(sloWith(), fill, { at: outage + 30 * DAY });
    expect(before.budget.events.total - before.budget.events.good).toBe(100n);
    expect(after.budget.events.total - after.budget.events.good).toBe(0n);
  });

  it('counts thousandths of streams that are kept finer, and tells whole events', async () => {
    const figures = await figuresOf(
      uptimeWith({ objective: '0.99' }),
      (stream) => stream.until(START + 30 * DAY, HOUR, { good: 3_582_000, bad: 18_000 }),
      { scale: 1000n },
    );
    expect(figures.budget.budget?.allowedBad).toBe(25_920);
    expect(figures.budget.budget?.remainingBad).toBe(12_960);
    expect(figures.budget.budget?.consumedRatio).toBe(0.5);
  });
});

describe('figures that cannot be known are null, with a reason', () => {
  it('before anything was collected', async () => {
    const slo = sloWith();
    const figures = await new LedgerFigurer(
      new MemoryLedger(),
      new MemoryDefinitionHistory(),
    ).figures({
      slo,
      group: null,
      at: START,
    });
    expect(figures).toMatchObject({ status: 'no_data', dataAgeSeconds: null, scale: 1n });
    expect(figures?.budget).toMatchObject({
      budget: null,
      spent: null,
      sliRatio: null,
      coverageRatio: 0,
      band: null,
      raw: { sliRatio: null, remainingRatio: null },
      reason: 'nothing has been collected yet',
    });
    expect(figures?.burn.map(({ burnRate }) => burnRate)).toEqual(figures?.burn.map(() => null));
  });

  it('before the first point', async () => {
    const figures = await figuresOf(
      sloWith(),
      (stream) => stream.until(START + DAY, HOUR, { good: 5 }),
      { at: START - DAY },
    );
    expect(figures.budget.budget).toBeNull();
    expect(figures.budget.reason).toBe("the ledger's first point is at 2026-10-01T00:00:00.000Z");
    expect(figures).toMatchObject({ status: 'no_data', dataAgeSeconds: null });
  });

  it('where the source was never seen', async () => {
    const figures = await figuresOf(sloWith(), (stream) => stream.missing(START + HOUR));
    expect(figures.budget.budget).toBeNull();
    expect(figures.budget.reason).toMatch(/^the source was not seen between .* and .*$/);
    expect(figures.status).toBe('no_data');
  });

  it('without traffic there is no SLI, but a whole budget and no burn', async () => {
    const figures = await figuresOf(sloWith(), (stream) =>
      stream.until(START + DAY, HOUR, { good: 0 }),
    );
    expect(figures.budget).toMatchObject({ sliRatio: null, budget: { remainingRatio: 1 } });
    expect(figures.budget.reason).toMatch(/^no event was counted between/);
    expect(burnOver(figures, HOUR)).toMatchObject({ burnRate: 0, reason: null });
    expect(figures.status).toBe('healthy');
  });
});

describe('burn over a window', () => {
  it('of an hour is unknown on a stream twenty minutes old, known on one half an hour old', async () => {
    const fill = (minutes: number) => (stream: HandFilled) =>
      stream.until(START + minutes * MINUTE, MINUTE, { good: 99, bad: 1 });
    const young = burnOver(await figuresOf(sloWith(), fill(20)), HOUR);
    expect(young).toMatchObject({ burnRate: null, coverageRatio: 1 / 3 });
    expect(young.reason).toBe('the source was seen in 33 % of the last 1h, less than half');
    const older = burnOver(await figuresOf(sloWith(), fill(30)), HOUR);
    expect(older).toMatchObject({ burnRate: 10, coverageRatio: 0.5, reason: null });
  });

  it('is told over the usual windows, the alert windows and its own, ascending', async () => {
    const figures = await figuresOf(
      sloWith({ window: { kind: 'rolling', seconds: 7 * DAY } }),
      (stream) => stream.until(START + DAY, HOUR, { good: 1 }),
    );
    expect(figures.burn.map(({ windowSeconds }) => windowSeconds / MINUTE)).toEqual([
      5, 10, 15, 30, 60, 85, 120, 340, 360, 1010, 1440, 4320, 10080,
    ]);
  });

  it('starts on the minute up to three days', async () => {
    const at = START + 4 * DAY + 2 * MINUTE;
    const figures = await figuresOf(sloWith(), (stream) => stream.until(at, MINUTE, { good: 1 }));
    for (const seconds of [5 * MINUTE, HOUR, 3 * DAY]) {
      const { span, events, coverageRatio } = burnOver(figures, seconds);
      expect(span).toEqual({ from: at - seconds, to: at });
      expect(events.total).toBe(BigInt(seconds / MINUTE));
      expect(coverageRatio).toBe(1);
    }
  });
});

describe('calendar windows', () => {
  const month = { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' } as const;
  const october = Date.parse('2026-09-30T22:00:00Z') / 1000;

  it('count from the start of the period in its zone, and allow for the whole of it', async () => {
    const at = Date.parse('2026-10-11T22:00:00Z') / 1000;
    const slo = sloWith({ window: month, objective: '0.99' });
    const ledger = new MemoryLedger();
    ledger.begin(slo, october - DAY).until(at, HOUR, { good: 99, bad: 1 });
    const figures = await new LedgerFigurer(ledger, new MemoryDefinitionHistory()).figures({
      slo,
      group: null,
      at,
    });
    expect(figures?.budget).toMatchObject({
      span: { from: october, to: at },
      windowSeconds: 31 * DAY + HOUR,
      events: { total: 11n * 24n * 100n },
      budget: { consumedRatio: 1 },
      budgetSeconds: (31 * DAY + HOUR) / 100,
      coverageRatio: 1,
    });
  });

  it('take the alert factors of the month they are in', async () => {
    const factors = async (iso: string) => {
      const at = Date.parse(iso) / 1000;
      const figures = await figuresOf(
        sloWith({ window: { ...month, timeZone: 'UTC' } }),
        (s) => s,
        { at },
      );
      const { numerator = 0n, denominator = 1n } = figures.tiers[0]?.tier.factor ?? {};
      return Number(numerator) / Number(denominator);
    };
    expect(await factors('2027-02-10T00:00:00Z')).toBe(13.44);
    expect(await factors('2027-04-10T00:00:00Z')).toBe(14.4);
    expect(await factors('2027-05-10T00:00:00Z')).toBe(14.88);
  });
});

describe('figures of the past', () => {
  const slo = sloWith({ objective: '0.99' });
  const history = (stream: HandFilled) =>
    stream
      .until(START + 10 * HOUR, MINUTE, { good: 10 })
      .missing(START + 12 * HOUR)
      .until(START + 20 * HOUR, MINUTE, { good: 9, bad: 1 });

  it('know only what had happened by then', async () => {
    const figures = await figuresOf(slo, history, { at: START + 5 * HOUR });
    expect(figures.budget.events).toMatchObject({ good: 3000n, total: 3000n });
    expect(figures).toMatchObject({ status: 'healthy', dataAgeSeconds: 0 });
  });

  it('within a gap say that there was no data, and how old it was at least', async () => {
    const early = await figuresOf(slo, history, { at: START + 10 * HOUR + 10 * MINUTE });
    expect(early.status).toBe('healthy');
    const late = await figuresOf(slo, history, { at: START + 11 * HOUR + 30 * MINUTE });
    expect(late).toMatchObject({ status: 'no_data', dataAgeSeconds: HOUR });
    expect(late.budget.budget?.remainingRatio).toBe(1);
  });

  it('do not make up since when an alert was firing', async () => {
    const figures = await figuresOf(slo, history, { at: START + 20 * HOUR });
    const [page] = figures.tiers;
    expect(page).toMatchObject({ firing: false, since: null });
    const ticket = figures.tiers.find(({ firing }) => firing);
    expect(ticket?.since).toBeNull();
  });

  it('for another objective ask the other question of the same events', async () => {
    const ledger = new MemoryLedger();
    history(ledger.begin(slo, START));
    const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory());
    const at = START + 20 * HOUR;
    const own = await figurer.figures({ slo, group: null, at });
    const other = await figurer.figures({
      slo,
      group: null,
      at,
      objective: Objective.parse('0.9'),
    });
    expect(other?.budget.events).toEqual(own?.budget.events);
    expect(other?.budget.budget?.consumedRatio).toBeCloseTo(
      (own?.budget.budget?.consumedRatio ?? NaN) / 10,
      12,
    );
  });
});

describe('groups together', () => {
  it('add up to the sum of their events, seen as long as the one seen longest', async () => {
    const slo = sloWith({ groupBy: ['endpoint'] });
    const ledger = new MemoryLedger();
    const end = START + DAY;
    ledger
      .begin(slo, START, { group: { endpoint: '/cars' } })
      .until(end, HOUR, { good: 90, bad: 10 });
    ledger
      .begin(slo, START + 12 * HOUR, { group: { endpoint: '/new' } })
      .until(end, HOUR, { good: 50 });
    ledger
      .begin(sloWith({ name: 'other', groupBy: ['endpoint'] }), START)
      .until(end, HOUR, { good: 7 });
    const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory());
    const at = end;
    const all = await figurer.figures({ slo, group: null, at });
    const parts = await Promise.all(
      ['/cars', '/new'].map((endpoint) => figurer.figures({ slo, group: { endpoint }, at })),
    );
    const sum = (of: (figures: Figures | null) => bigint | undefined) =>
      parts.reduce((total, part) => total + (of(part) ?? 0n), 0n);
    expect(all?.budget.events.good).toBe(sum((f) => f?.budget.events.good));
    expect(all?.budget.events.total).toBe(sum((f) => f?.budget.events.total));
    expect(all?.budget.events).toEqual({ good: 2760n, total: 3000n, coveredSeconds: DAY });
    for (const [k, burn] of (all?.burn ?? []).entries()) {
      expect(burn.events.total).toBe(sum((f) => f?.burn[k]?.events.total));
    }
  });

  it('of a group that does not exist there are none', async () => {
    const slo = sloWith({ groupBy: ['endpoint'] });
    const ledger = new MemoryLedger();
    ledger.begin(slo, START, { group: { endpoint: '/cars' } });
    const asked = { slo, group: { endpoint: '/bikes' }, at: START };
    expect(
      await new LedgerFigurer(ledger, new MemoryDefinitionHistory()).figures(asked),
    ).toBeNull();
  });
});
