import pLimit, { type LimitFunction } from 'p-limit';
import type { Clock } from '../collection/clock';
import { RememberingSource } from '../collection/remembering-source';
import type { SeriesSource } from '../collection/series-source';
import { isComposite, type Slo } from '../domain/slo';
import type { Ledger } from '../ledger/ledger';
import { BoundedSource } from './bounded-asking';
import { tiersThatCannotFire } from './definition-checks';
import { examine } from './examine';
import type { Finding } from './finding';
import { ledgerReach } from './ledger-reach';
import { RememberingFacts } from './remembering-facts';
import { checkSource } from './source-checks';
import type { SourceFacts } from './source-facts';

export interface Checkup {
  readonly findings: readonly Finding[];
  /** SLOs that were not looked at wholly: time was up, or their source does not answer. */
  readonly unfinished: readonly Slo[];
}

export interface CheckupOptions {
  readonly deadlineSeconds: number;
  readonly onProgress?: (done: number, all: number) => void;
}

export interface DoctorSettings {
  readonly scrapeIntervalSeconds: (datasource: string) => number;
  /** Null where there is none: it holds nothing then. */
  readonly ledger: Pick<Ledger, 'streams'> | null;
}

/**
 * Looks whether definitions agree with what their sources hold. All checkups share one turn per data
 * source, so that collection never waits for more than one of their questions.
 */
export class Doctor {
  private readonly turns = new Map<string, LimitFunction>();

  constructor(
    private readonly source: SeriesSource,
    private readonly facts: SourceFacts,
    private readonly clock: Clock,
    private readonly settings: DoctorSettings,
  ) {}

  /** A source or a ledger that does not answer is a finding, never an error of the checkup. */
  async checkup(slos: readonly Slo[], options: CheckupOptions): Promise<Checkup> {
    const deadlineMilliseconds = performance.now() + options.deadlineSeconds * 1000;
    const turn = (datasource: string): LimitFunction => this.turnOf(datasource);
    const bounded = new BoundedSource(this.source, this.facts, { turn, deadlineMilliseconds });
    const [source, facts] = [new RememberingSource(bounded), new RememberingFacts(bounded)];
    const now = this.clock.now();
    const counted = slos.filter((slo) => !isComposite(slo));
    const ledger = await ledgerReach(this.settings.ledger, counted);
    const findings: Finding[] = [...ledger.findings];
    const unfinished: Slo[] = [];
    let done = 0;
    const examineAt = async (datasource: string): Promise<void> => {
      const state = await checkSource(source, datasource, now);
      findings.push(...state.symptoms.map((each) => ({ ...each, slo: null, datasource })));
      const scrapeIntervalSeconds = this.settings.scrapeIntervalSeconds(datasource);
      const at = { source, datasource, scrapeIntervalSeconds };
      for (const slo of counted.filter((each) => each.datasource === datasource)) {
        const ledgerSeconds = ledger.coveredSeconds(slo);
        const examined = { slo, at, facts, now, ledgerSeconds };
        const { symptoms, finished } = await examine(examined, state.answers);
        findings.push(...symptoms.map((each) => ({ ...each, slo, datasource })));
        if (!finished) unfinished.push(slo);
        done += 1;
        options.onProgress?.(done, slos.length);
      }
    };
    for (const slo of slos.filter(isComposite)) {
      findings.push(
        ...tiersThatCannotFire(slo).map((each) => ({ ...each, slo, datasource: null })),
      );
      done += 1;
      options.onProgress?.(done, slos.length);
    }
    await Promise.all([...new Set(counted.map(({ datasource }) => datasource))].map(examineAt));
    return { findings, unfinished };
  }

  private turnOf(datasource: string): LimitFunction {
    const known = this.turns.get(datasource) ?? pLimit(1);
    this.turns.set(datasource, known);
    return known;
  }
}
