import type { Slo } from '../../domain/slo';
import { gaugeRules } from './gauge-rules';
import { ownRules } from './own-rules';
import type { OwnIntervals } from './own-rules';
import type { Flavour, Rule, RuleGroup, RuleNote, Rules } from './rule';
import { SloRules } from './slo-rules';
import { standaloneRules } from './standalone-rules';

export interface RuleSettings extends OwnIntervals {
  /** Epoch seconds; calendar windows have the tiers of their period. */
  readonly at: number;
  readonly scrapeIntervalSeconds: (datasource: string) => number;
  /** Whether alerts on the service itself are wanted, beside those on its gauges. */
  readonly own: boolean;
}

/** A group is evaluated rule after rule: a longer one could take longer than its interval. */
const MOST_RULES = 100;
export const OWN_GROUP = 'slowburn';
const STEP_INTERVAL = '1m';
const BUDGET_INTERVAL = '5m';

const REMARKS: Readonly<Record<Flavour, readonly string[]>> = {
  gauges: [
    'Alerts on the metrics of Slowburn, for a Prometheus that scrapes it with honor_labels: true.',
  ],
  standalone: [
    'Recording and alerting rules that work without Slowburn, for the Prometheus that scrapes the services.',
    'They count what Slowburn counts from the moment they are loaded, and fewer events where it does not:',
    'no minute before, nor one that Prometheus did not evaluate; no sample that came late; gaps of over ten',
    'minutes in which a target was not scraped; exclusions and earlier objectives are unknown to them. A budget',
    'is that of the time since then, and needs samples to be kept as long as its window.',
  ],
};

/**
 * Rules for Prometheus in a fixed order: a group per service, its SLOs by name, all rules of an SLO
 * in one group, so that they are evaluated at one instant and in this order.
 */
export function generateRules(
  slos: readonly Slo[],
  flavour: Flavour,
  settings: RuleSettings,
): Rules {
  const sorted = [...slos].sort(
    (a, b) => compared(a.service, b.service) || compared(a.name, b.name),
  );
  const notes: RuleNote[] = [];
  const packer = new Packer();
  for (const slo of sorted) {
    const of = new SloRules(slo, settings.links);
    if (flavour === 'gauges') {
      packer.add(slo.service, '', gaugeRules(of, settings.at));
      continue;
    }
    const rules = standaloneRules(of, settings.scrapeIntervalSeconds(slo.datasource), settings.at);
    if (typeof rules === 'string') {
      notes.push({ slo: of.id, text: `left out: ${rules}` });
      continue;
    }
    const name = slo.datasource === 'default' ? slo.service : `${slo.service}@${slo.datasource}`;
    packer.add(name, '', rules.burn, STEP_INTERVAL);
    packer.add(name, ':budget', rules.budget, BUDGET_INTERVAL);
    notes.push(...rules.notes.map((text) => ({ slo: of.id, text })));
  }
  const own =
    flavour === 'gauges' && settings.own ? [{ name: OWN_GROUP, rules: ownRules(settings) }] : [];
  return { flavour, groups: [...packer.groups(), ...own], remarks: REMARKS[flavour], notes };
}

/** Puts the rules of SLOs into groups that stay within bounds. */
class Packer {
  private readonly lots = new Map<string, { interval: string | undefined; parts: Rule[][] }>();

  add(service: string, suffix: string, rules: readonly Rule[], interval?: string): void {
    if (rules.length === 0) return;
    const name = `slo:${service}${suffix}`;
    const lot = this.lots.get(name) ?? { interval, parts: [] };
    this.lots.set(name, lot);
    const last = lot.parts.at(-1);
    if (last === undefined || last.length + rules.length > MOST_RULES) lot.parts.push([...rules]);
    else last.push(...rules);
  }

  groups(): readonly RuleGroup[] {
    return [...this.lots].flatMap(([name, { interval, parts }]) =>
      parts.map((rules, k) => ({
        name: k === 0 ? name : `${name}:${k + 1}`,
        ...(interval === undefined ? {} : { interval }),
        rules,
      })),
    );
  }
}

/** By code point: no locale may change the order. */
function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
