import { join } from 'node:path';
import { type Browser, chromium, type Page, type Response } from 'playwright-core';
import { GRID_SECONDS } from '../src/ledger/grid';
import { programNamed } from '../test/support/programs';
import type { RunningService } from '../test/support/service';
import { fill } from './ledger-world';
import { type Measured, report } from './report';
import { withServedSlos } from './served-slos';
import { median, quantile } from './statistics';

const SLOS = 1_000;

const TIMES = 10;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const LINES = '#slos [role=row]:has([role=cell])';

const TARGETS = { firstViewMs: 1_000, scriptKilobytes: 250, frameMs: 50 };

/** The dashboard's first page over a thousand SLOs, in Chromium on this machine, with nothing in its cache. */
export async function dashboard(): Promise<boolean> {
  const executablePath = process.env['CHROMIUM_BIN'] ?? programNamed('chromium');
  if (executablePath === null) throw new Error('there is no chromium; CHROMIUM_BIN may name one');
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const end = Math.floor(Date.now() / 1000 / GRID_SECONDS) * GRID_SECONDS;
    return await withServedSlos(
      SLOS,
      (ledger, lease, slos) => fill(ledger, lease, slos, end, 0),
      async (service) => {
        const file = join(__dirname, '..', 'results', 'bench-dashboard.json');
        return report('The first page over 1 000 SLOs', await measure(browser, service), file);
      },
    );
  } finally {
    await browser.close();
  }
}

async function measure(browser: Browser, service: RunningService): Promise<readonly Measured[]> {
  // The sparklines of an hour, like all else that the service keeps, are there after the first who asks.
  await visit(browser, service);
  const visits: Visit[] = [];
  for (let k = 0; k < TIMES; k += 1) visits.push(await visit(browser, service));
  const of = (figure: (one: Visit) => number) => visits.map(figure);
  const { firstViewMs, scriptKilobytes, frameMs } = TARGETS;
  return [
    {
      name: 'first lines, median of ten',
      value: median(of((one) => one.firstMs)),
      unit: 'ms',
      target: firstViewMs,
    },
    {
      name: 'first lines, slowest of ten',
      value: quantile(
        of((one) => one.firstMs),
        1,
      ),
      unit: 'ms',
    },
    { name: 'all lines', value: median(of((one) => one.allMs)), unit: 'ms' },
    { name: 'sparklines', value: median(of((one) => one.sparklinesMs)), unit: 'ms' },
    {
      name: 'scripts as they were sent',
      value: median(of((one) => one.scriptBytes)) / 1000,
      unit: 'kB',
      target: scriptKilobytes,
    },
    {
      name: 'all else as it was sent',
      value: median(of((one) => one.otherBytes)) / 1000,
      unit: 'kB',
    },
    {
      name: 'a frame while scrolling, median',
      value: median(of((one) => median(one.frames))),
      unit: 'ms',
    },
    {
      name: 'a frame while scrolling, 95 of 100',
      value: median(of((one) => quantile(one.frames, 0.95))),
      unit: 'ms',
      target: frameMs,
    },
  ];
}

interface Visit {
  readonly firstMs: number;
  readonly allMs: number;
  readonly sparklinesMs: number;
  readonly scriptBytes: number;
  readonly otherBytes: number;
  readonly frames: readonly number[];
}

async function visit(browser: Browser, { url }: RunningService): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const answers: Response[] = [];
    page.on('response', (answer) => answers.push(answer));
    await page.goto(url, { waitUntil: 'commit' });
    const firstMs = await since(page, `document.querySelector('${LINES}') !== null`);
    const allMs = await since(page, `document.querySelectorAll('${LINES}').length === ${SLOS}`);
    const sparklinesMs = await since(
      page,
      `document.querySelector('#slos svg[role=img] circle') !== null`,
    );
    const frames: number[] = await page.evaluate(SCROLL);
    const scripts = await sizeOf(answers, (answer) => answer.request().resourceType() === 'script');
    const others = await sizeOf(
      answers,
      (answer) => !['script', 'fetch'].includes(answer.request().resourceType()),
    );
    const fetched = await sizeOf(answers, (answer) => answer.url().includes('/slos?'));
    return {
      firstMs,
      allMs,
      sparklinesMs,
      scriptBytes: scripts,
      otherBytes: others + fetched,
      frames,
    };
  } finally {
    await context.close();
  }
}

/** Milliseconds from the beginning of the navigation until it is so and was painted. */
function since(page: Page, condition: string): Promise<number> {
  // In the page itself: the policy forbids conditions that come as text.
  return page.evaluate(`new Promise((done) => {
    const painted = () => setTimeout(() => done(performance.now()));
    const look = () => requestAnimationFrame(${condition} ? painted : look);
    look();
  })`);
}

/** Two seconds of scrolling, about as fast as a wheel goes; how long each frame took. */
const SCROLL = `new Promise((done) => {
  const [frames, began] = [[], performance.now()];
  let last = began;
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    scrollTo(0, (now - began) * 4);
    if (now - began < 2000) requestAnimationFrame(frame);
    else done(frames.slice(1));
  };
  requestAnimationFrame(frame);
})`;

/** Bytes of bodies as they came over the wire, packed. */
async function sizeOf(
  answers: readonly Response[],
  isMeant: (answer: Response) => boolean,
): Promise<number> {
  const meant = answers.filter(isMeant);
  const sizes = await Promise.all(meant.map((answer) => answer.request().sizes()));
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
}
