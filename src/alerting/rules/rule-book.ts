import { NotFoundException } from '@nestjs/common';
import type { DefinitionRegistry } from '../../definitions/registry';
import { type Slo, sloId } from '../../domain/slo';
import { generateRules, type RuleSettings } from './generate-rules';
import type { Flavour, Rules } from './rule';

export interface RulesWanted {
  readonly flavour: Flavour;
  readonly service?: string | undefined;
  /** Its name, or `service/name`. */
  readonly slo?: string | undefined;
}

/** Generating the rules of a service takes milliseconds; of a thousand, seconds: others get their turn in between. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The rules of what is defined now. */
export class RuleBook {
  constructor(
    private readonly registry: DefinitionRegistry,
    private readonly settings: Omit<RuleSettings, 'at' | 'own'>,
    private readonly now: () => number,
  ) {}

  /** @throws NotFoundException where there is no such SLO */
  async rules(wanted: RulesWanted): Promise<Rules> {
    const all = this.registry.current().defined.map(({ slo }) => slo);
    const own = wanted.service === undefined && wanted.slo === undefined;
    const chosen = own ? all : all.filter((slo) => isWanted(slo, wanted));
    if (!own && chosen.length === 0) throw new NotFoundException(nothingOf(wanted, all));
    const settings = { ...this.settings, at: this.now() };
    const services = [...new Set(chosen.map(({ service }) => service))].sort();
    const ours = generateRules([], wanted.flavour, { ...settings, own });
    const parts: Rules[] = [];
    for (const service of services) {
      const slos = chosen.filter((slo) => slo.service === service);
      parts.push(generateRules(slos, wanted.flavour, { ...settings, own: false }));
      await turn();
    }
    return {
      ...ours,
      groups: [...parts, ours].flatMap(({ groups }) => groups),
      notes: parts.flatMap(({ notes }) => notes),
    };
  }
}

function isWanted(slo: Slo, { service, slo: name }: RulesWanted): boolean {
  if (service !== undefined && slo.service !== service) return false;
  return name === undefined || slo.name === name || sloId(slo) === name;
}

function nothingOf({ service, slo }: RulesWanted, all: readonly Slo[]): string {
  const of = service === undefined ? '' : ` of service ${service}`;
  const what = slo === undefined ? `no SLO${of}` : `no SLO ${slo}${of}`;
  const services = [...new Set(all.map((each) => each.service))].sort().join(', ');
  return `there is ${what}; the services are: ${services === '' ? 'none' : services}`;
}
