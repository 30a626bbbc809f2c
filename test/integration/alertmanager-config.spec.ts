import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { validatePaths } from '../../src/definitions/validate-paths';
import { alertTierSeverities } from '../support/severities';
import {
  alertmanagerBinary,
  amtoolBinary,
  describeWith,
  type RunningAlertmanager,
  startAlertmanagerWith,
} from '../support/alertmanager';

const ROOT = join(__dirname, '..', '..');
const FILE = join(ROOT, 'deploy', 'alertmanager', 'alertmanager.yml');
const TEMPLATES = join(ROOT, 'deploy', 'alertmanager', 'templates', '*.tmpl');
const run = promisify(execFile);

async function amtool(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(amtoolBinary() ?? 'amtool', args);
  return stdout.trim();
}

/** Receivers and channels of the routes that each system's team wrote down. */
const ROUTES: readonly (readonly [service: string, severity: string, channels: string])[] = [
  ['patacao', 'critical', 'email pagerduty slack:#slo webhook'],
  ['patacao', 'warning', 'slack:#slo'],
  ['faciliauto', 'P0', 'email pagerduty slack:#ops-alerts'],
  ['faciliauto', 'P1', 'email slack:#ops-alerts'],
  ['faciliauto', 'P2', 'slack:#ops-alerts'],
  ['faciliauto', 'P3', 'slack:#ops-alerts'],
  ['petswipe', 'P0', 'pagerduty webhook'],
  ['petswipe', 'P1', 'email slack:#slo'],
  ['petswipe', 'P2', 'slack:#slo'],
  ['petswipe', 'P3', 'email'],
  ['todo', 'critical', 'pagerduty webhook'],
  ['todo', 'high', 'pagerduty'],
  ['todo', 'medium', 'slack:#slo'],
  ['todo', 'low', 'email'],
  ['mercenary', 'PAGE', 'pagerduty webhook'],
  ['mercenary', 'P1', 'pagerduty webhook'],
  ['mercenary', 'P2', 'pagerduty webhook'],
  ['mercenary', 'TICKET', 'email'],
  ['mercenary', 'P3', 'email'],
  ['mercenary', 'INFO', 'slack:#slo'],
  ['mercenary', 'P4', 'slack:#slo'],
  ['anybody', 'page', 'pagerduty slack:#slo'],
  ['anybody', 'ticket', 'slack:#slo'],
];

interface Receiver {
  readonly name: string;
  readonly [configs: string]: unknown;
}

/** `email pagerduty slack:#channel webhook`, in this order. */
function channelsOf(receiver: Receiver | undefined): string {
  return Object.entries(receiver ?? {})
    .filter(([key]) => key.endsWith('_configs'))
    .flatMap(([key, configs]) =>
      (configs as { channel?: string }[]).map(
        ({ channel }) => key.replace('_configs', '') + (channel === undefined ? '' : `:${channel}`),
      ),
    )
    .sort()
    .join(' ');
}

describeWith(
  amtoolBinary(),
  'amtool',
  'AMTOOL_BIN',
)('the Alertmanager configuration', () => {
  let receivers: readonly Receiver[];
  beforeAll(async () => {
    const text = await readFile(FILE, 'utf8');
    receivers = (parse(text) as { receivers: Receiver[] }).receivers;
  });

  it('is one that amtool takes', async () => {
    expect(await amtool('check-config', FILE)).toMatch(/SUCCESS[^]* 1 templates\n\s+SUCCESS$/);
  });

  it.each(ROUTES)('sends %s %s to %s', async (service, severity, channels) => {
    const names = await amtool(
      ...['config', 'routes', 'test', `--config.file=${FILE}`],
      ...[`service=${service}`, `severity=${severity}`],
    );
    expect(channelsOf(receivers.find(({ name }) => name === names))).toBe(channels);
  });

  it('has a route for every severity that the examples write', async () => {
    const { slos } = await validatePaths([join(ROOT, 'examples')]);
    const written = slos.flatMap(({ slo }) =>
      alertTierSeverities(slo).map((severity) => `${slo.service} ${severity}`),
    );
    const routed = ROUTES.map(([service, severity]) => `${service} ${severity}`);
    expect([...new Set(written)].filter((each) => !routed.includes(each))).toEqual([]);
  });

  it('tells in a chat what burns, how fast, and where to look', async () => {
    const alert = {
      status: 'firing',
      labels: {},
      annotations: {
        summary: 'shop/api burns',
        description: 'Over the last hour …',
        dashboard_url: 'https://slo.example/slos/shop/api',
        runbook_url: 'https://runbooks.example/api',
      },
    };
    const home = await mkdtemp(join(tmpdir(), 'slowburn-template-'));
    const data = join(home, 'data.json');
    await writeFile(
      data,
      JSON.stringify({
        receiver: 'slack',
        status: 'firing',
        alerts: [alert, { ...alert, status: 'resolved' }],
        groupLabels: { alertname: 'SLOErrorBudgetBurn', service: 'shop', slo: 'api' },
        commonLabels: { severity: 'P0' },
        commonAnnotations: {},
        externalURL: '',
      }),
    );
    const rendered = (template: string) =>
      amtool(
        ...['template', 'render', `--template.glob=${TEMPLATES}`, `--template.data=${data}`],
        `--template.text={{ template "${template}" . }}`,
      );
    try {
      expect(await rendered('slowburn.title')).toBe('[FIRING:1] P0 shop/api SLOErrorBudgetBurn');
      expect(await rendered('slowburn.link')).toBe('https://slo.example/slos/shop/api');
      expect(await rendered('slowburn.text')).toBe(
        [
          'shop/api burns',
          'Over the last hour …',
          'Runbook: https://runbooks.example/api',
          'Figures: https://slo.example/slos/shop/api',
          '',
          'Over: shop/api burns',
          'Over the last hour …',
          'Runbook: https://runbooks.example/api',
          'Figures: https://slo.example/slos/shop/api',
        ].join('\n'),
      );
    } finally {
      await rm(home, { recursive: true });
    }
  });
});

describeWith(
  alertmanagerBinary(),
  'Alertmanager',
  'ALERTMANAGER_BIN',
)('an Alertmanager with this configuration', () => {
  let alertmanager: RunningAlertmanager;
  beforeAll(async () => {
    // Nobody is told within `group_wait`, which is longer than this takes.
    alertmanager = await startAlertmanagerWith(FILE);
  });
  afterAll(() => alertmanager.dispose());

  const post = async (...alerts: readonly Readonly<Record<string, string>>[]) => {
    const answer = await fetch(`${alertmanager.url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts.map((labels) => ({ labels }))),
    });
    expect(answer.status).toBe(200);
  };

  it.each([
    ['shop', 'page', 'ticket'],
    ['patacao', 'critical', 'warning'],
    ['faciliauto', 'P0', 'P2'],
    ['todo', 'critical', 'high'],
    ['todo', 'high', 'medium'],
    ['mercenary', 'PAGE', 'TICKET'],
  ])(
    'lets a page of %s %s silence %s of the same SLO, and no other',
    async (service, page, ticket) => {
      const burn = { alertname: 'SLOErrorBudgetBurn', service, slo: `${page}-${ticket}` };
      const label = { endpoint: '/pay' };
      await post(
        { ...burn, ...label, severity: page, long: '1h', short: '5m' },
        { ...burn, ...label, severity: ticket, long: '1d', short: '2h', is: 'the same' },
        { ...burn, ...label, severity: ticket, slo: `${page}-other`, is: 'another SLO' },
        { ...burn, endpoint: '/cart', severity: ticket, is: 'another group' },
        { ...burn, ...label, severity: ticket, alertname: 'SLONoData', is: 'nothing known' },
      );
      const told = (await alertmanager.alerts()).filter(
        ({ labels }) => labels['service'] === service && labels['slo']?.startsWith(page),
      );
      const silenced = told.filter(({ status }) => status.state === 'suppressed');
      expect(silenced.map(({ labels }) => labels['is'])).toEqual(['the same']);
    },
  );
});
