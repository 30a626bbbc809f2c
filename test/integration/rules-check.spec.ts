import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateRules, type RuleSettings } from '../../src/alerting/rules/generate-rules';
import { FLAVOURS } from '../../src/alerting/rules/rule';
import { rulesYaml } from '../../src/alerting/rules/rules-yaml';
import { validatePaths } from '../../src/definitions/validate-paths';
import { type Slo, sloId } from '../../src/domain/slo';
import { anySlo } from '../support/any-slo';
import { LINKS } from '../support/judged-minutes';
import { checkRules } from '../support/promtool';
import { slo } from '../support/slo';

jest.setTimeout(120_000);

const SOUND = { ok: true, text: expect.stringContaining('SUCCESS') as string };
const EXAMPLES = join(__dirname, '..', '..', 'examples');
const SETTINGS: RuleSettings = {
  at: Date.parse('2026-11-20T00:00:00Z') / 1000,
  evaluationSeconds: 60,
  queryDelaySeconds: 30,
  scrapeIntervalSeconds: () => 15,
  links: LINKS,
  own: true,
};

const systems = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'simulator')
  .map(({ name }) => name);

/** Metric names outside ASCII letters are for Prometheus 3. */
const PROMETHEUS_3 = /[{(\s]\{"|^\{"/m;

describe('promtool check rules', () => {
  it.each(systems.flatMap((system) => FLAVOURS.map((flavour) => [system, flavour] as const)))(
    'has nothing to say of %s, %s',
    async (system, flavour) => {
      const { slos } = await validatePaths([join(EXAMPLES, system, 'slos.yaml')]);
      const rules = generateRules(
        slos.map((each) => each.slo),
        flavour,
        SETTINGS,
      );
      expect(rules.groups.flatMap((group) => group.rules).length).toBeGreaterThan(slos.length);
      const text = [...rulesYaml(rules)].join('');
      expect(await checkRules(text)).toEqual(SOUND);
    },
  );

  it.each(FLAVOURS)('has nothing to say of whatever a definition can say, %s', async (flavour) => {
    const sampled = fc.sample(anySlo, { numRuns: 150, seed: 20_261_120 });
    const slos = [...new Map(sampled.map((each) => [sloId(each), each])).values()];
    const plain = slos.filter((each) => flavour === 'gauges' || !needsNewest(each));
    expect(plain.length).toBeGreaterThan(20);
    const rules = generateRules(plain, flavour, SETTINGS);
    const text = [...rulesYaml(rules)].join('');
    expect(await checkRules(text)).toEqual(SOUND);
  });
});

describe('rules of texts that YAML could take for something else', () => {
  it.each(['\tone line', '\tfirst\n\tsecond', '\n\tafter an empty line', ' \tblank and tab'])(
    'are read: %j',
    async (description) => {
      const text = [...rulesYaml(generateRules([slo({ description })], 'gauges', SETTINGS))];
      expect(await checkRules(text.join(''))).toEqual(SOUND);
    },
  );
});

function needsNewest(of: Slo): boolean {
  const { groups } = generateRules([of], 'standalone', { ...SETTINGS, own: false });
  return groups.some(({ rules }) => rules.some(({ expr }) => PROMETHEUS_3.test(expr)));
}
