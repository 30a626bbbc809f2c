// What the demo writes: its ports, its Prometheus configuration, and whether the build is fresh.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const PREFERRED = { service: 8080, prometheus: 0, simulator: 0, alertmanager: 0 };

/** The demo's ports: those of the last start where they are still free. */
export async function choosePorts(file) {
  const remembered = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : PREFERRED;
  const ports = {};
  for (const name of Object.keys(PREFERRED)) ports[name] = await freePort(remembered[name] ?? 0);
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

/** Where the parts of a demo answer that runs. */
export function urlsOf(ports) {
  return Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}`]),
  );
}

async function freePort(wanted) {
  const port = await listenOnce(wanted);
  return port ?? (await listenOnce(0));
}

function listenOnce(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const { port: given } = server.address();
      server.close(() => resolve(given));
    });
  });
}

/** Scrapes every pod of the simulator under the names its history has, and the service itself. */
export function prometheusConfig(systems, ports) {
  const jobs = systems.map((system) => ({
    job_name: system.job,
    static_configs: Array.from({ length: system.pods }, (_, pod) => ({
      targets: [`127.0.0.1:${ports.simulator}`],
      labels: {
        instance: `${system.job}-${pod}`,
        __metrics_path__: `/metrics/${system.name}/${pod}`,
      },
    })),
  }));
  const own = {
    job_name: 'slowburn',
    // The service's labels name the services it watches; they must win over the scrape's.
    honor_labels: true,
    static_configs: [{ targets: [`127.0.0.1:${ports.service}`] }],
  };
  // JSON is YAML.
  return JSON.stringify(
    { global: { scrape_interval: '15s' }, scrape_configs: [...jobs, own] },
    null,
    2,
  );
}

/** Whether the service or its dashboard has to be built: the compiler does not touch outputs that stay the same. */
export function buildIsStale(root, stamp) {
  const built = Math.max(newest(join(root, 'dist/src'), '.js'), newest(stamp, ''));
  const settings = ['package.json', 'tsconfig.json', 'tsconfig.build.json'];
  const sources = ['src', 'migrations', 'web', ...settings];
  const written = Math.max(...sources.map((name) => newest(join(root, name), '')));
  const made = ['dist/src/main.js', 'dist/web/index.html'];
  return made.some((name) => !existsSync(join(root, name))) || built < written;
}

function newest(path, suffix) {
  const at = statSync(path, { throwIfNoEntry: false });
  if (at === undefined) return 0;
  if (!at.isDirectory()) return at.mtimeMs;
  const files = readdirSync(path, { recursive: true }).map(String);
  return Math.max(
    0,
    ...files
      .filter((name) => name.endsWith(suffix) && !name.endsWith('.spec.ts'))
      .map((name) => statSync(join(path, name)).mtimeMs),
  );
}
