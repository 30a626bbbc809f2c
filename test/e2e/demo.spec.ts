import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fleet, type FleetState } from '../../examples/simulator/fleet';
import { lastMonth } from '../../examples/simulator/history-start';
import { notesOf } from '../../examples/simulator/notes';
import type { Pod } from '../../examples/simulator/pod';
import { patacao } from '../../examples/simulator/systems/patacao';
import { REPORT_FORMATS } from '../../src/reports/formats/formats';
import type { Report, SloReport } from '../../src/reports/report';

jest.setTimeout(300_000);

const ROOT = join(__dirname, '..', '..');
const MINUTE = 60;
const GRID = 300;
const STARTED = Date.now() / 1000;

/** `npm run demo -- --system patacao`, in a directory of its own. */
function demo(
  data: string,
  ...args: readonly string[]
): { child: ChildProcess; text: () => string } {
  const script = join(ROOT, 'scripts', 'demo.mjs');
  const child = spawn(process.execPath, [script, '--system', 'patacao', '--data', data, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  }
  return { child, text: () => text };
}

interface Page {
  readonly items: readonly { readonly at?: string; readonly from?: string }[];
}

describe('npm run demo', () => {
  const data = mkdtempSync(join(tmpdir(), 'slowburn-demo-'));
  const month = lastMonth(STARTED);
  const reportFile = join(data, 'reports', `uptime-${month.name}.json`);
  let printed = '';
  let state: FleetState;
  let report: Report;

  beforeAll(async () => {
    const first = demo(data, '--once');
    const [code] = (await once(first.child, 'close')) as [number | null];
    printed = first.text();
    if (code !== 0) throw new Error(`the demo ended with ${code ?? 'a signal'}:\n${printed}`);
    state = JSON.parse(readFileSync(join(data, 'demo', 'history.json'), 'utf8')) as FleetState;
    report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  });
  afterAll(() => {
    rmSync(data, { recursive: true, force: true });
  });

  const row = (name: string): SloReport => {
    const found = report.slos.find(({ slo }) => slo === `patacao/${name}`);
    if (found === undefined) throw new Error(`the report has no ${name}`);
    return found;
  };

  it('saves the report of last month, closed, in every format, and says where it is', () => {
    expect(report).toMatchObject({ month: month.name, timeZone: 'UTC', state: 'closed' });
    expect(readdirSync(join(data, 'reports'))).toEqual(
      expect.arrayContaining(REPORT_FORMATS.map(({ name }) => `uptime-${month.name}.${name}`)),
    );
    expect(printed).toContain(join(data, 'reports', `uptime-${month.name}.html`));
  });

  it('has seen all of it but for slices in which nobody answered', () => {
    for (const name of ['availability', 'latency-p95', 'error-rate']) {
      expect([name, row(name).coverage.ratio]).toEqual([name, 1]);
    }
    expect(report.slos).toHaveLength(9);
    for (const { slo, coverage, days } of report.slos) {
      expect([slo, days.length]).toEqual([slo, (month.to - month.from) / 86_400]);
      expect([slo, coverage.ratio > 0.998]).toEqual([slo, true]);
    }
  });

  it('counts what the scrapes saw, without the announced maintenance, and nothing else', () => {
    const seen = seenIn(state, month);
    expect(seen.requests).toBeGreaterThan(1_000_000);
    expect(row('error-rate').events).toEqual({
      bad: seen.errors,
      good: seen.requests - seen.errors,
      total: seen.requests,
    });
    expect(row('latency-p95').events).toEqual({
      bad: seen.answered - seen.quick,
      good: seen.quick,
      total: seen.answered,
    });
  });

  it('starts again from where it was, and makes nothing twice', async () => {
    const before = readFileSync(reportFile, 'utf8');
    const second = demo(data);
    const ended = once(second.child, 'close');
    try {
      await Promise.race([
        ended.then(() => Promise.reject(new Error(second.text()))),
        new Promise<void>((resolve) => {
          second.child.stdout?.on('data', () => {
            if (second.text().includes('Ctrl-C stops everything')) resolve();
          });
        }),
      ]);
      const [, url = ''] = /the service is up at (\S+)/.exec(second.text()) ?? [];
      const items = async (path: string) =>
        ((await (await fetch(`${url}/api/v1/${path}`)).json()) as Page).items;
      const { markers, exclusions } = notesOf([patacao], state.anchor, month.from);
      const sorted = (texts: readonly (string | undefined)[]) => [...texts].sort();
      expect(sorted((await items('markers?limit=200')).map(({ at }) => at))).toEqual(
        sorted(markers.map(({ at }) => at)),
      );
      expect(sorted((await items('exclusions?limit=200')).map(({ from }) => from))).toEqual(
        sorted(exclusions.map(({ from }) => from)),
      );
      expect(await items('reports')).toHaveLength(1);
    } finally {
      second.child.kill('SIGINT');
    }
    expect(await ended).toEqual([0, null]);
    expect(readFileSync(reportFile, 'utf8')).toBe(before);
  });
});

/** The life of the fleet once more, as a scrape a minute sees it; what began anew begins at zero. */
function seenIn(
  { seed, anchor, from }: FleetState,
  month: { readonly from: number; readonly to: number },
): Record<'requests' | 'errors' | 'answered' | 'quick', number> {
  const fleet = new Fleet([patacao], seed, anchor, from);
  const { exclusions } = notesOf([patacao], anchor, month.from);
  const excluded = exclusions.map((exclusion) => ({
    from: Math.floor(Date.parse(exclusion.from) / 1000 / GRID) * GRID,
    to: Math.ceil(Date.parse(exclusion.to) / 1000 / GRID) * GRID,
  }));
  const seen = { requests: 0, errors: 0, answered: 0, quick: 0 };
  const watched = fleet.pods.flatMap((pod) =>
    pod.series.map((_, place) => ({ pod, place, adds: addsTo(pod, place), last: 0, start: 0 })),
  );
  for (let at = from + MINUTE; at <= month.to; at += MINUTE) {
    fleet.advanceTo(at, MINUTE);
    const counts = at > month.from && !excluded.some((each) => at > each.from && at <= each.to);
    for (const each of watched) {
      const value = each.pod.values[each.place] ?? Number.NaN;
      if (!each.pod.up || Number.isNaN(value)) continue;
      const start = each.pod.values[0] ?? 0;
      const added = value - (start === each.start ? each.last : 0);
      if (counts) for (const of of each.adds) seen[of] += added;
      each.start = start;
      each.last = value;
    }
  }
  return seen;
}

function addsTo(
  pod: Pod,
  place: number,
): readonly ('requests' | 'errors' | 'answered' | 'quick')[] {
  const series = pod.series[place];
  if (series === undefined) return [];
  const { name, labels } = series;
  if (name === 'http_requests_total') {
    return labels.status === '500' ? ['requests', 'errors'] : ['requests'];
  }
  if (name === 'http_request_duration_seconds_count') return ['answered'];
  const isQuick = name === 'http_request_duration_seconds_bucket' && labels.le === '0.2';
  return isQuick ? ['quick'] : [];
}
