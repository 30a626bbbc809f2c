import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertingRule, RuleGroup } from '../../src/alerting/rules/rule';
import { promtoolBinary } from './prometheus';

/** A series of a rule test: values in promtool's notation, from time 0 on. */
export interface InputSeries {
  readonly series: string;
  readonly values: readonly string[];
}

/** An alert that is to be firing. */
export interface ExpectedAlert {
  readonly alertname: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface RuleTest {
  /** Text of a rule file. */
  readonly rules: string;
  readonly groups: readonly RuleGroup[];
  readonly interval: string;
  readonly input: readonly InputSeries[];
  /** Alerts by minute from 0 on; null where nothing is asked. */
  readonly firing: readonly (readonly ExpectedAlert[] | null)[];
  readonly alertnames: readonly string[];
}

export interface PromtoolAnswer {
  readonly ok: boolean;
  readonly text: string;
}

/** `promtool check rules`, with everything it has to complain about as a failure. */
export function checkRules(rules: string, binary = promtoolBinary()): Promise<PromtoolAnswer> {
  return inFolder({ 'rules.yml': rules }, ['check', 'rules', '--lint-fatal', 'rules.yml'], binary);
}

/** `promtool test rules`: whether the alerts of every minute are those that are expected, no more and no fewer. */
export function testRules(test: RuleTest, binary = promtoolBinary()): Promise<PromtoolAnswer> {
  const alertRules = new Map<string, AlertingRule[]>();
  for (const rule of test.groups.flatMap(({ rules }) => rules)) {
    if ('alert' in rule) alertRules.set(rule.alert, [...(alertRules.get(rule.alert) ?? []), rule]);
  }
  const expected = (alertname: string, minute: number) =>
    (test.firing[minute] ?? [])
      .filter((alert) => alert.alertname === alertname)
      .map((alert) => {
        const rule = ruleOf(alertRules.get(alertname) ?? [], alert);
        const labels = { ...rule.labels, ...alert.labels };
        return {
          exp_labels: Object.fromEntries(Object.entries(labels).filter(([l]) => l !== 'alertname')),
          exp_annotations: annotationsOf(rule, alert.labels),
        };
      });
  const asked = test.firing.flatMap((at, minute) => (at === null ? [] : [minute]));
  const text = JSON.stringify({
    rule_files: ['rules.yml'],
    evaluation_interval: '1m',
    group_eval_order: test.groups.map(({ name }) => name),
    tests: [
      {
        interval: test.interval,
        input_series: test.input.map(({ series, values }) => ({
          series,
          values: values.join(' '),
        })),
        alert_rule_test: asked.flatMap((minute) =>
          test.alertnames.map((alertname) => {
            const alerts = expected(alertname, minute);
            return { eval_time: `${minute}m`, alertname, exp_alerts: alerts };
          }),
        ),
      },
    ],
  });
  const files = { 'rules.yml': test.rules, 'test.yml': text };
  return inFolder(files, ['test', 'rules', 'test.yml'], binary);
}

/** The rule that makes an alert: of those with its name the one whose labels say nothing else. */
function ruleOf(
  rules: readonly AlertingRule[],
  { alertname, labels }: ExpectedAlert,
): AlertingRule {
  const found = rules.filter((rule) =>
    ['severity', 'long', 'short'].every(
      (name) => rule.labels[name] === undefined || rule.labels[name] === labels[name],
    ),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`${found.length} rules for ${alertname} ${JSON.stringify(labels)}`);
  }
  return only;
}

function annotationsOf(rule: AlertingRule, labels: ExpectedAlert['labels']) {
  return Object.fromEntries(
    Object.entries(rule.annotations).map(([name, text]) => [
      name,
      text
        .replace(/\{\{ "\{" \}\}/g, '{')
        .replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? '')
        .replace(/\{\{ \$labels\.(\w+) \| urlquery \}\}/g, (_, label: string) =>
          encodeURIComponent(labels[label] ?? ''),
        ),
    ]),
  );
}

async function inFolder(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  binary: string,
): Promise<PromtoolAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'slowburn-promtool-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return await new Promise((resolve, reject) => {
      const options = { cwd: folder, maxBuffer: 1 << 26 };
      execFile(binary, args, options, (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number') {
          reject(new Error(`${binary} cannot be run`, { cause: error }));
        } else resolve({ ok: error === null, text: stdout + stderr });
      });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
