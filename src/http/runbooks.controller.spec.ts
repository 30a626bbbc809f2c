import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { type RunningHttpApp, startHttpApp } from '../../test/support/http-app';
import { RunbookFolder, RunbooksController } from './runbooks.controller';

const folder = mkdtempSync(join(tmpdir(), 'slowburn-runbooks-'));
writeFileSync(join(folder, 'high-latency.md'), '# Langsam – ¿por qué?\n');
writeFileSync(join(folder, 'secret.txt'), 'no page');

@Module({
  controllers: [RunbooksController],
  providers: [{ provide: RunbookFolder, useValue: { path: folder } }],
})
class WithRunbooks {}

describe('GET /docs/runbooks/{page}', () => {
  let app: RunningHttpApp;

  beforeAll(async () => {
    app = await startHttpApp(WithRunbooks, { adminToken: 'a'.repeat(40) });
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it.each(['high-latency.md', 'high-latency'])('%s is a page, without a token', async (page) => {
    const answer = await app.get(`/docs/runbooks/${page}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await answer.text()).toBe('# Langsam – ¿por qué?\n');
  });

  it.each(['secret.txt', 'other.md', '..%2fpackage.json', '%2e%2e', 'high-latency.md%00'])(
    '%s is none',
    async (page) => {
      const answer = await app.get(`/docs/runbooks/${page}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.text()).not.toMatch(/no page|dependencies/);
    },
  );
});
