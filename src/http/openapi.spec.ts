import { Controller, Get, Module } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { startHttpApp } from '../../test/support/http-app';
import type { RunningHttpApp } from '../../test/support/http-app';

@Controller('things')
class ThingController {
  @Get()
  @ApiOperation({ summary: 'Things' })
  list() {
    return [];
  }
}

@Module({ controllers: [ThingController] })
class TestModule {}

describe('the documentation', () => {
  let app: RunningHttpApp;

  beforeAll(async () => {
    app = await startHttpApp(TestModule);
  });

  afterAll(() => app.close());

  it('is OpenAPI 3.1 with every route', async () => {
    const answer = await app.get('/api/openapi.json');
    expect(await answer.json()).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Slowburn', version: '1.2.3' },
      paths: {
        '/things': {
          get: {
            summary: 'Things',
            responses: { default: { $ref: '#/components/responses/Problem' } },
          },
        },
      },
      components: { responses: { Problem: { description: 'A problem, RFC 9457' } } },
    });
  });

  it('is a page whose policy lets its own files work and no inline script', async () => {
    const page = await app.get('/api/docs');
    const html = await page.text();
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
    expect(policy).toContain("script-src 'self';");
    expect(html).not.toMatch(/<script(?![^>]* src=)[^>]*>/);
    const files = [...html.matchAll(/(?:src|href)=["']([^"']+)["']/g)].map(([, path]) => path);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const answer = await fetch(new URL(file ?? '', `${app.url}/api/docs`));
      expect([file, answer.status]).toEqual([file, 200]);
    }
  });
});
