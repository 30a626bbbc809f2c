// The demo's Alertmanager, and an incident to see it at work.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureAlertmanager } from './prerequisites.mjs';

const READY_SECONDS = 60;
const ASK_EVERY_MS = 2_000;
/** What `--incident` makes go wrong: half of all answers fail, long enough for the fast page only. */
const INCIDENT = { kind: 'errors', for: '3m' };
/** Whose, where all of them run. */
const STRUCK = 'petswipe';
/** Three minutes of incident, five until the short window has forgotten them, and some. */
const FOLLOWED_SECONDS = 15 * 60;

/** Nobody is told further; its page and its API show what arrived. */
const CONFIG = {
  route: {
    receiver: 'nobody',
    group_by: ['alertname', 'service', 'slo'],
    group_wait: '5s',
    group_interval: '30s',
  },
  receivers: [{ name: 'nobody' }],
};

/** Starts one where there is one. @returns whether it runs */
export async function startAlertmanager(processes, { port, url, data, logs, answerOk, say }) {
  const found = await ensureAlertmanager({ log: say });
  if ('missing' in found) {
    say(`alerts stay in the service: ${found.missing}`);
    return false;
  }
  mkdirSync(data, { recursive: true });
  const config = join(data, 'alertmanager.yml');
  // JSON is YAML.
  writeFileSync(config, JSON.stringify(CONFIG, null, 2));
  processes.start({
    name: 'alertmanager',
    command: found.alertmanager,
    args: [
      `--config.file=${config}`,
      `--storage.path=${join(data, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    log: join(logs, 'alertmanager.log'),
  });
  await processes.until('alertmanager', () => answerOk(`${url}/-/ready`), READY_SECONDS);
  say(`Alertmanager is up at ${url}`);
  return true;
}

/** Makes something go wrong in the running simulator, and says what becomes of it. */
export async function incident(urls, { system = STRUCK, json, say }) {
  const query = new URLSearchParams({ system, ...INCIDENT });
  const struck = await fetch(`${urls.simulator}/incident?${query}`, { method: 'POST' });
  if (!struck.ok) throw new Error(`the simulator refused: ${await struck.text()}`);
  const began = Date.now();
  say(
    `half of the answers of ${system} fail for ${INCIDENT.for}; a page is due within four minutes`,
  );
  const told = new Set();
  const tell = (key, text) => {
    if (told.has(key)) return;
    told.add(key);
    say(`${text} (${Math.round((Date.now() - began) / 1000)} s after it began)`);
  };
  while (Date.now() < began + FOLLOWED_SECONDS * 1000) {
    const alerts = await json(`${urls.service}/api/v1/alerts?service=${system}&limit=100`);
    const since = (alerts?.items ?? []).filter(({ startedAt }) => Date.parse(startedAt) >= began);
    for (const { id, slo, severity, long, state } of since) {
      const name = `${slo} ${severity}${long === null ? '' : ` over ${long}`}`;
      tell(id, `fires: ${name}`);
      if (state === 'resolved') tell(`${id} over`, `is over: ${name}`);
    }
    const active = await json(`${urls.alertmanager}/api/v2/alerts?filter=service=${system}`);
    if (active?.some(({ startsAt }) => Date.parse(startsAt) >= began)) {
      tell('alertmanager', `Alertmanager has it: ${urls.alertmanager}/#/alerts`);
    }
    const pages = since.filter(({ kind }) => kind === 'page');
    if (pages.length > 0 && pages.every(({ state }) => state === 'resolved')) {
      say('all of its pages are over');
      return;
    }
    await sleep(ASK_EVERY_MS);
  }
  say(`followed for ${FOLLOWED_SECONDS / 60} min; see ${urls.service}/api/v1/alerts`);
}
