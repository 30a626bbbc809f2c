import type { RunningService } from '../support/service';
import { expectSoon, picture, violations } from './chromium';
import { inBrowser } from './in-browser';
import { ADMIN_TOKEN } from './served-world';
import { startWorld } from './world';

jest.setTimeout(180_000);

describe('a service that asks for tokens', () => {
  const scene = inBrowser(startWorld);
  let service: RunningService;

  beforeAll(async () => {
    service = await scene.world.guarded();
  });

  it('shows nothing but the way in, and asks for nothing before', async () => {
    const asked: string[] = [];
    const page = await scene.open(`${service.url}/?q=search`);
    page.on('request', (request) => asked.push(request.url()));
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(asked.filter((url) => url.includes('/api/'))).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await picture(page, 'sign-in');
  });

  it('lets in by a token, to where one wanted to go, and out again', async () => {
    const page = await scene.open(`${service.url}/?q=search`);
    await page.getByLabel('Token').fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#slos');
    expect(page.url()).toMatch(/\?q=search$/);
    await page.reload();
    await page.waitForSelector('#slos');
    await page.getByRole('button', { name: 'Settings' }).click();
    await expectSoon(page.locator('#settings')).toContainText('admin');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate('Object.values(sessionStorage).join()')).not.toContain(ADMIN_TOKEN);
  });

  it('says what is wrong with a token', async () => {
    const expected = /401 \(Unauthorized\)/;
    const page = await scene.open(service.url, { expected });
    await page.getByLabel('Token').fill('sb_guess');
    await page.keyboard.press('Enter');
    await page.getByText('The token is wrong, expired or revoked.').waitFor();
    await expectSoon(page.getByLabel('Token')).toHaveAttribute('aria-invalid', 'true');
  });

  it('asks again once a token is revoked', async () => {
    const made = await fetch(`${service.url}/api/v1/tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'brief', role: 'viewer' }),
    });
    const { id, token } = (await made.json()) as { readonly id: string; readonly token: string };
    const expected = /401 \(Unauthorized\)/;
    const page = await scene.open(service.url, { expected });
    await page.getByLabel('Token').fill(token);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#slos');
    await fetch(`${service.url}/api/v1/tokens/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor({ timeout: 90_000 });
    await page.getByText('The token is wrong, expired or revoked.').waitFor();
  });
});
