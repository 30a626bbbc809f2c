import { picture, violations } from '../browser/chromium';
import { onDemo } from './demo-scene';

jest.setTimeout(60_000);

/** On the hours of a place that is never at UTC's. */
const SAO_PAULO = { timezoneId: 'America/Sao_Paulo' };

// Signing in and out is the browser suite's: the demo asks for no tokens.
describe('the frame around every page of the demo', () => {
  const scene = onDemo();
  const settings = async (path = '/') => {
    const page = await scene.visit(path, SAO_PAULO);
    await page.getByRole('button', { name: 'Settings' }).click();
    return page;
  };

  it.each([
    ['Overview', '/'],
    ['Alerts', '/alerts'],
    ['What if', '/what-if'],
    ['Definitions', '/definitions'],
    ['Exclusions', '/exclusions'],
    ['Reports', '/reports'],
    ['Collection', '/collection'],
  ])('leads to %s', async (name, path) => {
    const page = await scene.visit(path === '/' ? '/reports' : '/');
    const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name });
    await link.click();
    await page.waitForURL((url) => url.pathname === path);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    expect(await link.getAttribute('aria-current')).toBe('page');
  });

  it('leads to the API, to browse', async () => {
    const page = await scene.visit('/');
    await page.getByRole('link', { name: 'API', exact: true }).click();
    await page.waitForURL('**/api/docs**');
    await page.getByRole('heading').first().waitFor();
  });

  it.each([
    ['Dark', 'dark'],
    ['Light', 'light'],
    ['As the system', 'system'],
  ])('looks as one wants: %s, and remembers it', async (name, theme) => {
    const page = await settings();
    await page.getByText(name, { exact: true }).click();
    expect(await violations(page)).toEqual([]);
    if (theme === 'dark') await picture(page, 'demo/settings');
    await page.reload();
    await page.locator('h1').waitFor();
    expect(await page.getAttribute('html', 'data-theme')).toBe(theme);
  });

  it('speaks Portuguese and English, and remembers it', async () => {
    const page = await settings('/alerts');
    await page.getByText('Português').click();
    await page.getByRole('heading', { level: 1, name: 'Alertas' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Alertas' }).waitFor();
    await page.getByRole('button', { name: 'Configurações' }).click();
    await page.getByText('English').click();
    await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();
  });

  it('tells times by UTC or by the clocks of the computer', async () => {
    const page = await settings('/slos/faciliauto/server-errors');
    const span = page.getByRole('group', { name: 'Time shown' }).getByText(/ – /);
    const local = await span.textContent();
    await page.getByText('UTC', { exact: true }).click();
    const utc = await span.textContent();
    expect(utc).not.toBe(local);
    await page.getByText('Local', { exact: true }).click();
    expect(await span.textContent()).toBe(local);
  });

  it('says whether what is shown is of now', async () => {
    const page = await scene.visit('/');
    await page.getByRole('button', { name: 'Live' }).click();
    await page.getByText('Figures change here as soon as they are counted.').waitFor();
  });
});
