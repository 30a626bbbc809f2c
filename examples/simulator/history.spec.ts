import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BLOCK_SECONDS, writeBlocks } from './blocks';
import { Fleet } from './fleet';
import { history } from './history';
import { patacao } from './systems/patacao';
import { todo } from './systems/todo';

const ANCHOR = Date.UTC(2026, 10, 20, 15, 37) / 1000;
const PROMETHEUS = process.env['PROMETHEUS_BIN'];
const PROMTOOL = PROMETHEUS === undefined ? 'promtool' : join(dirname(PROMETHEUS), 'promtool');

function text(seed: string, from: number, to: number): string {
  return [...history(new Fleet([patacao, todo], seed, ANCHOR, from), from, to)].join('');
}

describe('history as OpenMetrics', () => {
  const sixHours = text('seed', ANCHOR - 6 * 3_600, ANCHOR);

  it('is the same bytes for the same seed', () => {
    expect(text('seed', ANCHOR - 6 * 3_600, ANCHOR)).toBe(sixHours);
    expect(text('other', ANCHOR - 6 * 3_600, ANCHOR)).not.toBe(sixHours);
  });

  it('names each family once, each series in the order of time, and ends', () => {
    const lines = sixHours.trimEnd().split('\n');
    const families = lines.filter((line) => line.startsWith('# TYPE'));
    expect(new Set(families).size).toBe(families.length);
    expect(families).toContain('# TYPE http_requests counter');
    expect(lines.at(-1)).toBe('# EOF');
    const up = lines.filter((line) =>
      line.startsWith('up{job="todo-backend",instance="todo-backend-1"}'),
    );
    expect(up).toHaveLength(360);
    const times = up.map((line) => Number(line.split(' ').at(-1)));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBe(ANCHOR);
  });

  it('shows a pod that is down by up alone', () => {
    const outage = patacao.incidents.find(({ minutes }) => minutes === 40);
    if (outage === undefined) throw new Error('the model lost its outage');
    const day = ANCHOR - (ANCHOR % 86_400) - outage.daysAgo * 86_400;
    const from = day + (outage.hour + 3) * 3_600 + 60;
    const lines = text('seed', from, from + 600).split('\n');
    const own = lines.filter((line) => line.includes('patacao-api-0'));
    expect(own).toHaveLength(10);
    expect(own.every((line) => line.startsWith('up{') && line.split(' ')[1] === '0')).toBe(true);
  });
});

describe('blocks made by promtool', () => {
  const directory = mkdtempSync(join(tmpdir(), 'slowburn-blocks-'));
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('hold every sample once, also across the border of two blocks', async () => {
    const border = Math.ceil(ANCHOR / BLOCK_SECONDS) * BLOCK_SECONDS;
    const from = border - 3_600;
    const to = border + 3_600;
    const fleet = new Fleet([todo], 'seed', ANCHOR, from);
    await writeBlocks({ fleet, from, to: () => to, promtool: PROMTOOL, directory });
    expect(readdirSync(directory)).toHaveLength(2);

    // promtool reads no directory without one.
    mkdirSync(join(directory, 'wal'));
    const dump = spawnSync(PROMTOOL, ['tsdb', 'dump', directory], { encoding: 'utf8' });
    const times = dump.stdout
      .split('\n')
      .filter((line) => line.includes('"up"') && line.includes('todo-backend-0'))
      .map((line) => Number(line.trim().split(' ').at(-1)) / 1000);
    const expected = Array.from({ length: 120 }, (_, minute) => from + (minute + 1) * 60);
    expect(times.sort((a, b) => a - b)).toEqual(expected);
  }, 60_000);

  it('are refused with what promtool says', async () => {
    const fleet = new Fleet([todo], 'seed', ANCHOR, ANCHOR);
    const broken = { fleet, from: ANCHOR, to: () => ANCHOR + 120, directory };
    await expect(writeBlocks({ ...broken, promtool: 'false' })).rejects.toThrow(
      'false could not make a block of',
    );
  });
});
