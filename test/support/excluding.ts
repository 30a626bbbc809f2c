import type { Exclusion } from '../../src/domain/exclusion-scope';
import type { Group, Slo } from '../../src/domain/slo';
import type { Figures } from '../../src/evaluation/figures';
import { LedgerFigurer } from '../../src/evaluation/ledger-figurer';
import { ExclusionsInForce } from '../../src/ledger/exclusions';
import { MemoryDefinitionHistory } from './definition-history';
import { START } from './figures';
import type { MemoryLedger } from './memory-ledger';

const END = START + 30 * 86_400;

/** Once, for all of `shop`, but for what a test says. */
export function excluded(from: number, to: number, more: Partial<Exclusion> = {}): Exclusion {
  return {
    id: 'planned',
    scope: { kind: 'service', service: 'shop' },
    when: { kind: 'once', from, to },
    treatment: 'drop',
    reason: 'moving house',
    author: 'ops',
    group: null,
    ...more,
  };
}

/** Figures as a list of exclusions would have them. */
export async function figuresExcluding(
  ledger: MemoryLedger,
  slo: Slo,
  excluding: readonly Exclusion[],
  at = END,
  group: Group = null,
): Promise<Figures> {
  const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory());
  const found = await figurer.figures({ slo, group, at, excluding });
  if (found === null) throw new Error('there are figures of every SLO');
  return found;
}

/** Exclusions that a test changes. */
export class MemoryExclusions extends ExclusionsInForce {
  constructor(public list: readonly Exclusion[] = []) {
    super();
  }

  inForce(): Promise<readonly Exclusion[]> {
    return Promise.resolve(this.list);
  }
}
