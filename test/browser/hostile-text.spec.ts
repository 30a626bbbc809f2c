import { DASHBOARD_PATHS } from '../../src/http/dashboard-paths';
import { expectSoon, isTooWide, paste, PHONE } from './chromium';
import { inBrowser } from './in-browser';
import { HOSTILE, startWorld } from './world';

jest.setTimeout(240_000);

/** What would run, what would end a script, what turns the reading around, and what has no end. */
const TEXTS = [
  HOSTILE,
  `</script><script>document.title='hacked'</script>`,
  '\u202egnp.exe \u2067right\u2069 to left',
  'w'.repeat(200),
];
const ALL = TEXTS.join(' ');

/** Every text of a definition, and every label. */
const DEFINITION = JSON.stringify({
  apiVersion: 'slowburn/v1',
  service: 'hostile',
  team: HOSTILE,
  labels: Object.fromEntries(TEXTS.map((text, k) => [`label${String(k)}`, text])),
  slos: [
    {
      name: 'texts',
      description: ALL,
      objective: '99%',
      window: '3d',
      groupBy: ['endpoint'],
      sli: {
        ratio: {
          total: 'http_requests_total{job="checkout"}',
          bad: `http_requests_total{job="checkout",status=~"5..",endpoint!=${JSON.stringify(HOSTILE)}}`,
        },
      },
      alerting: { labels: { channel: HOSTILE }, page: { severity: HOSTILE } },
    },
  ],
});

describe('text from outside', () => {
  const scene = inBrowser(startWorld);

  const post = async (path: string, body: string, type = 'application/json') => {
    const answer = await fetch(`${scene.world.service.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect([path, answer.status, answer.ok ? '' : await answer.text()]).toEqual([
      path,
      answer.status,
      '',
    ]);
  };

  beforeAll(async () => {
    const now = Date.now();
    const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
    await post('/definitions/apply', DEFINITION, 'application/yaml');
    const exclusion = { slo: 'checkout/api-errors', from: at(-5), to: at(-4) };
    await post('/exclusions', JSON.stringify({ ...exclusion, reason: ALL, author: HOSTILE }));
    const marker = { kind: 'deploy', at: at(-3), service: 'checkout' };
    await post('/markers', JSON.stringify({ ...marker, text: ALL, labels: { version: HOSTILE } }));
  });

  const group = new URLSearchParams({ 'label.endpoint': HOSTILE }).toString();
  const month = new Date().toISOString().slice(0, 7);
  const paths = DASHBOARD_PATHS.flatMap((pattern) =>
    pattern.includes(':service')
      ? ['checkout/api-errors', 'hostile/texts', `checkout/by-endpoint?${group}`].map((slo) =>
          pattern.replace(':service/:name', slo),
        )
      : [pattern.replace(':month', month)],
  );

  it.each([...paths, `/?q=${encodeURIComponent(HOSTILE)}`, '/nowhere'])(
    'is text on %s',
    async (path) => {
      const expected = /status of 40[49]/;
      const page = await scene.open(path, {
        viewport: PHONE,
        expected,
      });
      if (path !== '/nowhere') {
        await page.waitForSelector('h1, h2');
        await page.waitForLoadState('load');
        await page.getByText('Loading …').first().waitFor({ state: 'detached' });
      }
      await expectSoon(page).not.toHaveTitle('hacked');
      await expectSoon(page.locator('img[src=x], [onerror], main script')).toHaveCount(0);
      expect(await isTooWide(page)).toBe(false);
    },
  );

  it('is shown, where it is asked for', async () => {
    const page = await scene.open('/definitions/hostile/texts');
    const editor = page.getByRole('textbox');
    await editor.waitFor();
    await expectSoon(editor).toContainText('<img src=x onerror=');
    await page.goto(`${scene.world.service.url}/exclusions`);
    await page.getByText("</script><script>document.title='hacked'</script>").first().waitFor();
  });

  it('is nothing but text in what one types', async () => {
    const page = await scene.open('/definitions/new');
    await paste(page.getByRole('textbox'), DEFINITION.replaceAll('99%', 'none'));
    await page.getByRole('list', { name: 'Problems' }).waitFor();
    await expectSoon(page).toHaveTitle('New definition · Slowburn');
    await expectSoon(page.locator('img[src=x], [onerror], main script')).toHaveCount(0);
  });
});
