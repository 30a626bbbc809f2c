import type { Page } from 'playwright-core';
import {
  DESKTOP,
  isTooWide,
  type PageOptions,
  PHONE,
  picture,
  violations,
} from '../browser/chromium';
import { onDemo, settled } from './demo-scene';
import { thisMonth, lastMonth } from './months';

jest.setTimeout(60_000);

/** Pixels; more of a picture nobody looks at. */
const TALLEST = 4_000;

const SLO = '/slos/faciliauto/server-errors';

/** Every page there is, each as somebody comes to it, and what stands on it once it is whole. */
const PAGES = [
  ['overview', '/', '#slos [role=rowheader] a'],
  ['overview-by-team', '/?group=team&sort=-burn', '#slos [role=rowheader] a'],
  ['overview-nothing', '/?q=nowhere', 'main h2'],
  ['alerts', '/alerts', 'table tbody tr'],
  ['slo', SLO, 'figure canvas >> nth=2'],
  ['slo-alerts', `${SLO}?tab=alerts`, '[role=tabpanel] tbody tr'],
  ['slo-events', `${SLO}?tab=events`, '[role=tabpanel] h2'],
  ['slo-definition', `${SLO}?tab=definition`, '[role=tabpanel] pre'],
  ['slo-queries', `${SLO}?tab=queries`, '[role=tabpanel] pre'],
  ['slo-raw', '/slos/patacao/availability?raw=true', 'figure canvas >> nth=2'],
  ['slo-groups', '/slos/mercenary/latency-p99', 'figure canvas >> nth=2'],
  [
    'slo-group',
    '/slos/mercenary/latency-p99?label.handler=%2Fapi%2Fv1%2Fproposals&label.method=POST',
    'figure canvas >> nth=2',
  ],
  // Its history is that of its parts: it is not asked for.
  ['slo-composite', '/slos/petswipe/swiping', 'figure canvas >> nth=2'],
  ['slo-calendar', '/slos/petswipe/monthly-error-budget', 'figure canvas >> nth=2'],
  ['slo-slices', '/slos/patacao/p95-under-1s', 'figure canvas >> nth=2'],
  ['what-if', '/what-if', 'table tbody tr'],
  [
    'what-if-slo',
    '/what-if/faciliauto/server-errors?objective=99.5%25&policy=own&tiers=page:10:1h:5m',
    'table tbody tr',
  ],
  ['definitions', '/definitions', 'table tbody tr'],
  ['definition', '/definitions/faciliauto/server-errors', 'main section >> nth=1'],
  ['definition-new', '/definitions/new', 'main [role=status]'],
  ['exclusions', '/exclusions', 'table tbody tr'],
  ['reports', '/reports', 'table tbody tr'],
  // Of all services axe reads it for most of a minute.
  ['report-closed', `/reports/${lastMonth()}?service=patacao`, '[role=region] h2 >> nth=0'],
  ['report-interim', `/reports/${thisMonth()}?service=todo`, '[role=region] h2 >> nth=0'],
  ['collection', '/collection', 'table tbody tr'],
  ['access', '/admin', 'main h2'],
  ['no-slo', '/slos/faciliauto/nowhere', 'main h2'],
  ['no-month', '/reports/2026-13', 'main h2'],
] as const;

const LOOKS: readonly (readonly [string, PageOptions])[] = [
  ['light-desktop-en', { colorScheme: 'light', viewport: DESKTOP, locale: 'en-GB' }],
  ['dark-desktop-pt', { colorScheme: 'dark', viewport: DESKTOP, locale: 'pt-BR' }],
  ['light-phone-pt', { colorScheme: 'light', viewport: PHONE, locale: 'pt-BR' }],
  ['dark-phone-en', { colorScheme: 'dark', viewport: PHONE, locale: 'en-GB' }],
];

describe.each(PAGES)('the page %s (%s)', (name, path, whole) => {
  const scene = onDemo();

  it.each(LOOKS)('is there for everybody: %s', async (look, options) => {
    const expected = name === 'no-slo' ? /404/ : undefined;
    const page = await scene.visit(path, { ...options, ...(expected && { expected }) });
    await page.locator(whole).first().waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe(options.locale?.slice(0, 2));
    expect(await isTooWide(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    await growToContent(page);
    await picture(page, `demo/${name}-${look}`);
  });
});

/** A window in which all of a page is in sight: what is out of it a page may leave out. */
async function growToContent(page: Page): Promise<void> {
  const width = page.viewportSize()?.width ?? DESKTOP.width;
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height: Math.min(height, TALLEST) });
  await settled(page);
}
