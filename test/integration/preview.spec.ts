import type { Slo } from '../../src/domain/slo';
import { Objective } from '../../src/domain/objective';
import { EMPTY_TALLY } from '../../src/domain/tally';
import type { Figures } from '../../src/evaluation/figures';
import { LedgerFigurer } from '../../src/evaluation/ledger-figurer';
import { WhatIfs } from '../../src/evaluation/what-if';
import { type Previewed, Previews } from '../../src/preview/previews';
import { HISTORY_STEP_SECONDS, previewStart } from '../../src/preview/preview-slo';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { Collecting } from '../support/collecting';
import { compositeOf, Definitions } from '../support/composites';
import { datasource } from '../support/datasource';
import { MemoryDefinitionHistory } from '../support/definition-history';
import { startPrometheusWithHistory } from '../support/history';
import { migratedDatabase } from '../support/ledger-database';
import { DAY, due, families, now, outage, SCRAPE } from '../support/preview-world';
import { type PostgresServer, startPostgres } from '../support/postgres';
import type { RunningPrometheus } from '../support/prometheus';
import { slo } from '../support/slo';

const counted = {
  errors: slo({ name: 'errors' }),
  byEndpoint: slo({ name: 'by-endpoint', groupBy: ['endpoint'] }),
  uptime: slo({
    name: 'uptime',
    objective: Objective.parse('0.99'),
    sli: { kind: 'availability', up: 'up{job="api"}', instances: 'any' },
    noData: 'bad',
  }),
  slices: slo({
    name: 'slices',
    budgeting: { kind: 'timeslices', sliceSeconds: 300, sliceObjective: Objective.parse('0.99') },
  }),
  week: slo({ name: 'week', window: { kind: 'rolling', seconds: 7 * DAY } }),
  month: slo({ name: 'month', window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' } }),
} satisfies Record<string, Slo>;

describe('a preview, on a real Prometheus with 31 days of history', () => {
  let prometheus: RunningPrometheus;
  let postgres: PostgresServer;
  let source: PrometheusSeriesSource;
  let collecting: Collecting;

  beforeAll(async () => {
    [prometheus, postgres] = await Promise.all([
      startPrometheusWithHistory(families()),
      startPostgres(),
    ]);
    source = new PrometheusSeriesSource([
      datasource(prometheus.url, { scrapeIntervalSeconds: SCRAPE }),
    ]);
    const all = Object.values(counted);
    collecting = new Collecting(await migratedDatabase(postgres), prometheus.url, all, SCRAPE);
    await collecting.tickAt(now);
    await collecting.backfillAt(now);
  }, 180_000);

  afterAll(async () => {
    await collecting.close();
    source.close();
    await prometheus.dispose();
    await postgres.stop();
  });

  const previews = (): Previews =>
    new Previews(source, {
      scrapeIntervalSeconds: () => SCRAPE,
      now: () => now,
      due: () => due,
      deadlineSeconds: 60,
    });

  async function previewed(of: Slo): Promise<Extract<Previewed, { kind: 'previewed' }>> {
    const [one] = await previews().of([of], new AbortController().signal);
    if (one?.kind !== 'previewed') throw new Error(JSON.stringify(one?.reason));
    return one;
  }

  it.each(Object.entries(counted))(
    'says of %s what the ledger says after backfill, to the last digit',
    async (_, of) => {
      const figurer = new LedgerFigurer(collecting.ledger, new MemoryDefinitionHistory());
      const whatIfs = new WhatIfs(figurer, collecting.ledger);
      const { groups } = await previewed(of);
      const kept = await collecting.streamsOf(of);
      expect(groups.map(({ figures }) => figures.group)).toEqual(
        kept.map(({ group }) => group).sort((a, b) => (text(a) < text(b) ? -1 : 1)),
      );
      for (const { figures, history, replay, strictest } of groups) {
        const { group } = figures;
        const asked = { slo: of, group, from: previewStart(of, now), to: due };
        const ledger = await figurer.figures({ slo: of, group, at: due });
        expect(comparable(figures)).toEqual(ledger === null ? null : comparable(ledger));
        expect(figures.budget.events.total).toBeGreaterThan(0n);

        // The ledger reaches back for one window, a preview for thirty days at least.
        if (of.window.kind === 'rolling' && of.window.seconds < 30 * DAY) continue;
        if (of.window.kind === 'calendar') continue;
        const known = await whatIfs.ask({ ...asked, objective: of.objective });
        expect(replay).toEqual(known?.replay);
        expect(strictest).toEqual(known?.strictest);
        const to = Math.floor(due / 300) * 300;
        const span = { from: to - 30 * DAY, to, stepSeconds: HISTORY_STEP_SECONDS };
        expect(history).toEqual(await figurer.history({ slo: of, group, ...span }));
      }
    },
    60_000,
  );

  it.each(['all', 'worst'] as const)(
    'says of a composite of them (%s) what the ledger says after backfill, to the last digit',
    async (method) => {
      const { errors, uptime, byEndpoint, slices } = counted;
      const inner = compositeOf(method, [errors, uptime], { name: 'inner' });
      const of = compositeOf(method, [inner, byEndpoint, slices]);
      const definitions = new Definitions();
      definitions.define(errors, uptime, byEndpoint, slices, inner, of);
      const composed = definitions.over(collecting.ledger);
      const figurer = new LedgerFigurer(composed, new MemoryDefinitionHistory());
      const settings = { scrapeIntervalSeconds: () => SCRAPE, now: () => now, due: () => due };
      const defined = () => [errors, uptime, byEndpoint, slices, inner];
      const all = new Previews(source, { ...settings, deadlineSeconds: 60, defined });
      const [one] = await all.of([of], new AbortController().signal);
      const [only] = one?.kind === 'previewed' ? one.groups : [];
      const told = await figurer.figures({ slo: of, group: null, at: due });
      expect(only && comparable(only.figures)).toEqual(told && comparable(told));
      expect(Number(told?.budget.events.total)).toBeGreaterThan(8_000);
      const whatIfs = new WhatIfs(figurer, composed);
      const asked = { slo: of, group: null, from: previewStart(of, now), to: due };
      const known = await whatIfs.ask({ ...asked, objective: of.objective });
      expect(only?.replay).toEqual(known?.replay);
    },
    60_000,
  );

  it('says which part of a composite is not there', async () => {
    const of = compositeOf('all', [counted.errors, slo({ name: 'nowhere' })]);
    const [one] = await previews().of([of, counted.errors], new AbortController().signal);
    expect(one).toMatchObject({
      kind: 'not-countable',
      reason: 'shop/journey cannot be made: its part api/nowhere is not defined',
    });
  });

  it('tells the page that an outage would have caused, and what it had cost by then', async () => {
    const [only] = (await previewed(counted.errors)).groups;
    const [page] = only?.replay.pages ?? [];
    expect(page?.from).toBeGreaterThanOrEqual(outage);
    expect(page?.from).toBeLessThanOrEqual(outage + 15 * 60);
    expect(only?.replay.spentBeforeFirstPage).toBeGreaterThan(0);
    expect(only?.replay.spentBeforeFirstPage).toBeLessThan(1);
  });

  it('begins a group with its first series', async () => {
    const { groups } = await previewed(counted.byEndpoint);
    const late = groups.find(({ figures }) => figures.group?.['endpoint'] === '/late');
    expect(late?.replay.from).toBeGreaterThan(due - 6 * DAY);
  });

  it('warns of a selector without series, and of groups that nothing has', async () => {
    const sli = {
      kind: 'ratio',
      total: 'http_requests_total{job="api"}',
      part: { role: 'bad', selector: 'http_requests_total{job="api",code=~"5.."}' },
    } as const;
    const { warnings } = await previewed(slo({ sli }));
    expect(warnings.join()).toContain('have no label code');
    const none = await previewed(
      slo({
        sli: { ...sli, total: 'http_requests_total{job="none"}' },
        groupBy: ['endpoint'],
      }),
    );
    expect(none.groups).toEqual([]);
    expect(none.warnings.join()).toContain('no series');
  });

  it('says why one SLO cannot be counted, and previews the others', async () => {
    const latency = {
      kind: 'latency',
      histogram: 'http_seconds{job="api"}',
      thresholdSeconds: '0.3',
      native: false,
    } as const;
    const found = await previews().of(
      [slo({ name: 'latency', sli: latency }), counted.uptime],
      new AbortController().signal,
    );
    expect(found).toMatchObject([
      { kind: 'not-countable', reason: expect.stringContaining('is not a bucket') as string },
      { kind: 'previewed' },
    ]);
  });

  it('ends when nobody waits any more, and asks nothing after that', async () => {
    const gone = new AbortController();
    const asked = previews().of(Object.values(counted), gone.signal);
    gone.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
    // That was no failure of the source.
    expect(source.health('default').queries.unavailable).toBe(0);
    expect(source.health('default').up).toBe(true);
  });

  it('makes room when it has ended', async () => {
    const some = previews();
    const gone = new AbortController();
    const asked = [1, 2].map(() => some.of([counted.uptime], gone.signal));
    expect(some.busy).toBe(true);
    gone.abort(new Error('gone'));
    await Promise.allSettled(asked);
    expect(some.busy).toBe(false);
  });

  it('does not wait for ever', async () => {
    const impatient = new Previews(source, {
      scrapeIntervalSeconds: () => SCRAPE,
      now: () => now,
      due: () => due,
      deadlineSeconds: 0,
    });
    await expect(
      impatient.of(Object.values(counted), new AbortController().signal),
    ).rejects.toThrow('ask for fewer SLOs at once');
  });
});

/**
 * Without a stream's lifetime, which begins with its first live step, and a preview has none of, and
 * without how far back it was read; and without the burn before a calendar window's period, which backfill does not read.
 */
function comparable(figures: Figures): Figures {
  const burn =
    figures.slo.window.kind === 'rolling'
      ? figures.burn
      : figures.burn.filter(({ windowSeconds }) => windowSeconds <= 3 * DAY);
  return { ...figures, burn, lifetime: EMPTY_TALLY, readBackTo: null };
}

function text(value: unknown): string {
  return JSON.stringify(value);
}
