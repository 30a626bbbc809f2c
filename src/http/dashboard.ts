import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/config';
import { DASHBOARD_PATHS } from './dashboard-paths';

const ASSETS = '/assets/';
/** Their names change with their content. */
const ASSETS_FOR = '365d';
/** What the page says of tokens until it is served. */
const TOKENS_UNSAID = 'name="slowburn-auth" content="unknown"';

/**
 * Serves the dashboard: its one page at each of its paths, and its files. Anybody gets them, since
 * they hold no figure; whatever they show they ask of the API, with the token of whoever looks.
 *
 * @param folder what `npm run build` made of web/; null serves none
 */
export async function serveDashboard(
  app: NestFastifyApplication,
  folder: string | null,
  { auth }: Pick<Config, 'auth'>,
): Promise<void> {
  if (folder === null) return;
  const file = join(folder, 'index.html');
  if (!existsSync(file)) {
    new Logger('dashboard').warn(
      `there is no dashboard: ${file} is missing, npm run build makes it`,
    );
    return;
  }
  const page = readFileSync(file, 'utf8').replace(
    TOKENS_UNSAID,
    TOKENS_UNSAID.replace('unknown', auth),
  );
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRoute', (route) => {
    if (route.url.startsWith(ASSETS)) route.config = { ...route.config, access: 'public' };
  });
  for (const url of DASHBOARD_PATHS) {
    server.get(url, { config: { access: 'public' } }, (_request, reply) => {
      void reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
    });
  }
  await app.register(staticFiles, {
    root: join(folder, 'assets'),
    prefix: ASSETS,
    decorateReply: false,
    index: false,
    // A route for each file that is there: anything else is not found, as elsewhere.
    wildcard: false,
    immutable: true,
    maxAge: ASSETS_FOR,
  });
}
