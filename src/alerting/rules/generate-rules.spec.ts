import { parse } from 'yaml';
import { sloWith, slicesWith, uptimeWith } from '../../../test/support/slos';
import type { Alerting, Slo } from '../../domain/slo';
import { generateRules, OWN_GROUP, type RuleSettings } from './generate-rules';
import type { AlertingRule, Flavour, Rule, Rules } from './rule';
import { rulesYaml } from './rules-yaml';

const SETTINGS: RuleSettings = {
  at: Date.parse('2026-11-20T00:00:00Z') / 1000,
  evaluationSeconds: 60,
  queryDelaySeconds: 30,
  scrapeIntervalSeconds: () => 15,
  links: { externalUrl: 'https://slo.example', runbookBaseUrl: 'https://git.example' },
  own: false,
};

const of = (flavour: Flavour, ...slos: readonly Slo[]): Rules =>
  generateRules(slos, flavour, SETTINGS);
const rulesOf = (rules: Rules): readonly Rule[] => rules.groups.flatMap((group) => group.rules);
const alertsOf = (rules: Rules): readonly AlertingRule[] =>
  rulesOf(rules).flatMap((rule) => ('alert' in rule ? [rule] : []));
const text = (rules: Rules) => [...rulesYaml(rules)].join('');

describe('rules for Prometheus', () => {
  it('are the same text whatever the order of the definitions', () => {
    const slos = [
      sloWith({ service: 'b', name: 'y' }),
      sloWith({ service: 'a', name: 'z' }),
      sloWith({ service: 'b', name: 'x' }),
    ];
    for (const flavour of ['gauges', 'standalone'] as const) {
      const one = text(of(flavour, ...slos));
      expect(text(of(flavour, ...[...slos].reverse()))).toBe(one);
      expect(of(flavour, ...slos).groups[0]?.name).toBe('slo:a');
    }
  });

  it('are read back from YAML as they were made, in a group per service', () => {
    const rules = of('standalone', sloWith(), uptimeWith({ service: 'mail' }));
    expect(parse(text(rules))).toEqual({ groups: rules.groups });
    expect(rules.groups.map(({ name, interval }) => `${name} ${interval ?? ''}`)).toEqual([
      'slo:mail 1m',
      'slo:mail:budget 5m',
      'slo:shop 1m',
      'slo:shop:budget 5m',
    ]);
  });

  it('stay within a hundred a group, the rules of an SLO together', () => {
    const many = Array.from({ length: 40 }, (_, k) => sloWith({ name: `slo-${k}` }));
    const { groups } = of('gauges', ...many);
    expect(groups.map(({ name }) => name)).toEqual(['slo:shop', 'slo:shop:2', 'slo:shop:3']);
    for (const { rules } of groups) expect(rules.length).toBeLessThanOrEqual(100);
    const home = new Map<string, string>();
    for (const { name, rules } of groups) {
      for (const { labels } of rules) {
        const slo = labels['slo'] ?? '';
        expect(home.get(slo) ?? name).toBe(name);
        home.set(slo, name);
      }
    }
  });

  it('have the names, labels and links of the alerts that the service sends', () => {
    const slo = sloWith({
      team: 'backend',
      labels: { tier: '1', empty: '' },
      alerting: {
        runbook: 'docs/runbooks/api.md',
        labels: { channel: '#ops' },
        tiers: [{ kind: 'page', severity: 'P0', disabled: false }],
        annotations: { note: 'call' },
      },
    });
    const [quick] = alertsOf(of('gauges', slo));
    expect(quick).toMatchObject({
      alert: 'SLOErrorBudgetBurn',
      annotations: {
        note: 'call',
        runbook_url: 'https://git.example/docs/runbooks/api.md',
        dashboard_url: 'https://slo.example/slos/shop/api-errors',
      },
    });
    expect(quick?.labels).toEqual({
      ...{ service: 'shop', slo: 'api-errors', severity: 'P0', long: '1h', short: '5m' },
      ...{ team: 'backend', tier: '1', channel: '#ops' },
    });
  });

  it('bear the labels of their kind, in a calendar window with a rule for each kind', () => {
    const alerting: Alerting = {
      ...{ runbook: null, labels: { channel: '#ops' } },
      tiers: [
        { kind: 'page', severity: 'P0', disabled: false, labels: { channel: '#pages' } },
        { kind: 'ticket', severity: 'P2', disabled: false },
      ],
      noData: { severity: 'P4', disabled: false },
    };
    const channels = (flavour: Flavour) =>
      new Map(
        alertsOf(of(flavour, sloWith({ alerting }))).map(({ alert, labels }) => [
          `${alert} ${labels['severity'] ?? ''}`,
          labels['channel'],
        ]),
      );
    const expected = new Map([
      ['SLOErrorBudgetBurn P0', '#pages'],
      ['SLOErrorBudgetBurn P2', '#ops'],
      ['SLOErrorBudgetExhausted P2', '#ops'],
      ['SLONoData P4', '#ops'],
    ]);
    expect(channels('gauges')).toEqual(expected);
    expect(channels('standalone')).toEqual(expected);
    const window = { kind: 'calendar', unit: 'month', timeZone: 'UTC' } as const;
    const [pages, tickets] = alertsOf(of('gauges', sloWith({ alerting, window })));
    expect(pages?.expr).toContain('severity=~"P0",slo="api-errors"}) == 1');
    expect(pages?.labels).toMatchObject({ channel: '#pages' });
    expect(tickets?.expr).toContain('severity=~"P2",slo="api-errors"}) == 1');
    expect(tickets?.labels).toMatchObject({ channel: '#ops' });
  });

  it('leave out what is switched off', () => {
    const alerting = {
      ...{ runbook: null, labels: {} },
      tiers: [
        { kind: 'page', severity: 'page', disabled: true },
        { kind: 'ticket', severity: 'ticket', disabled: true },
      ],
      exhausted: { severity: null, disabled: true },
      noData: { severity: 'P4', disabled: false },
    } as const;
    const names = (flavour: Flavour) =>
      alertsOf(of(flavour, sloWith({ alerting }))).map(
        ({ alert, labels }) => `${alert} ${labels['severity'] ?? ''}`,
      );
    expect(names('gauges')).toEqual(['SLONoData P4']);
    expect(names('standalone')).toEqual(['SLONoData P4']);
  });

  it('keep the labels of groups, under the names that the metrics give them', () => {
    const slo = sloWith({ groupBy: ['service', 'endpoint'], labels: { endpoint: 'never' } });
    for (const flavour of ['gauges', 'standalone'] as const) {
      for (const { labels } of alertsOf(of(flavour, slo))) {
        expect(labels).not.toHaveProperty('endpoint');
        expect(labels['service']).toBe('shop');
      }
    }
    const [quick] = alertsOf(of('gauges', slo));
    expect(quick?.expr).toContain('max by (service, slo, endpoint, group_service) (slo_burn_rate{');
    expect(quick?.annotations['summary']).toBe(
      'shop/api-errors (endpoint={{ $labels.endpoint }}, group_service={{ $labels.group_service }}) burns its error budget too fast over 1h and 5m',
    );
    const [events] = rulesOf(of('standalone', slo));
    expect(events?.expr).toContain('"group_service", "$1", "service", "((?s).*)"');
  });

  it('print what a definition says as it is, whatever it means to a template', () => {
    const slo = sloWith({
      description: '{{ query "up" }} and {',
      labels: { a: '{{ $value }}' },
      alerting: { runbook: null, labels: { b: 'plain {' }, tiers: [] },
    });
    const [quick] = alertsOf(of('gauges', slo));
    expect(quick?.labels['a']).toBe('{{ "{" }}{{ "{" }} $value }}');
    expect(quick?.labels['b']).toBe('plain {{ "{" }}');
    expect(quick?.annotations['description']).toMatch(
      /^\{\{ "\{" \}\}\{\{ "\{" \}\} query "up" \}\} and \{\{ "\{" \}\}\n/,
    );
  });

  it('leave the tiers of a calendar window to the service, and say what PromQL cannot', () => {
    const slo = sloWith({ window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' } });
    const [burn] = alertsOf(of('gauges', slo));
    expect(burn?.expr).toBe(
      'max by (service, slo, severity, long, short) (slo_alert_firing{service="shop",slo="api-errors"}) == 1',
    );
    const standalone = of('standalone', slo);
    expect(standalone.groups.map(({ name }) => name)).toEqual(['slo:shop']);
    expect(standalone.notes).toEqual([
      {
        slo: 'shop/api-errors',
        text: 'the budget of a calendar month is not told, and the factors are those of the present one',
      },
    ]);
    expect(text(standalone)).toContain('# shop/api-errors: the budget of a calendar month');
  });

  it('judge missing time where groups are known, and say where they are not', () => {
    const judged = of('standalone', uptimeWith({ noData: 'bad' }));
    expect(rulesOf(judged)[0]?.expr).toMatch(/ or vector\(60\)$/);
    expect(judged.notes).toEqual([]);
    const grouped = of('standalone', slicesWith({ noData: 'good', groupBy: ['pod'] }));
    expect(grouped.notes.map((note) => note.text)).toEqual([
      'noData: good is left out: which groups are missing is not known to Prometheus',
    ]);
  });

  it('go to the data source that the SLO is counted from', () => {
    const { groups } = of('standalone', sloWith({ datasource: 'eu' }), sloWith({ name: 'other' }));
    expect(groups.map(({ name }) => name)).toEqual([
      'slo:shop@eu',
      'slo:shop@eu:budget',
      'slo:shop',
      'slo:shop:budget',
    ]);
  });

  it('tell of the service itself only beside its gauges, when it is wanted', () => {
    const own = (flavour: Flavour) =>
      generateRules([sloWith()], flavour, { ...SETTINGS, own: true }).groups.map(
        ({ name }) => name,
      );
    expect(own('gauges')).toEqual(['slo:shop', OWN_GROUP]);
    expect(own('standalone')).not.toContain(OWN_GROUP);
    expect(generateRules([], 'gauges', { ...SETTINGS, own: true }).groups[0]?.rules).toContainEqual(
      expect.objectContaining({
        alert: 'SlowburnEvaluationStale',
        expr: 'time() - max(slowburn_last_evaluation_timestamp_seconds) > 330',
      }),
    );
  });
});
