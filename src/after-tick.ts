import type { Clock } from './collection/clock';
import { AfterTick } from './collection/tick-loop';
import { writeNative } from './definitions/native-writer';
import type { Defined, DefinitionRegistry, Definitions } from './definitions/registry';
import type { Evaluator } from './evaluation/evaluator';
import type { DefinedNow, DefinitionHistory } from './ledger/definition-history';
import type { Ledger } from './ledger/ledger';

const MAINTAIN_EVERY_SECONDS = 600;

/** What follows a tick, one after the other; where one fails, the next tick tries again. */
export class InTurn extends AfterTick {
  constructor(private readonly steps: readonly ((dueEnd: number) => Promise<unknown>)[]) {
    super();
  }

  async run(dueEnd: number): Promise<void> {
    for (const step of this.steps) await step(dueEnd);
  }
}

/** Writes definitions down when they are other ones than before. */
export function recording(
  registry: DefinitionRegistry,
  history: DefinitionHistory,
  clock: Clock,
): () => Promise<void> {
  let recorded: Definitions | null = null;
  return async () => {
    const definitions = registry.current();
    if (definitions === recorded) return;
    const byFiles = definitions.defined.filter(({ api }) => api === undefined);
    await history.record(byFiles.map(definedNow), clock.now());
    recorded = definitions;
  };
}

/** What the next evaluation will read anyway is read while the sources are waited for. */
export async function lookingAhead(
  evaluator: Evaluator,
  registry: DefinitionRegistry,
  dueEnd: number,
): Promise<void> {
  const slos = registry.current().defined.map(({ slo }) => slo);
  // What fails here fails again when it is needed, and is told there.
  await evaluator.lookAhead(slos, dueEnd).catch(() => undefined);
}

/** Packs and drops what is due, now and then. */
export function maintaining(ledger: Ledger, clock: Clock): () => Promise<void> {
  let maintainedAt = -Infinity;
  return async () => {
    const now = clock.now();
    if (now - maintainedAt < MAINTAIN_EVERY_SECONDS) return;
    maintainedAt = now;
    await ledger.maintain(now);
  };
}

function definedNow({ slo, place }: Defined): DefinedNow {
  return { slo, origin: `${place.file}:${place.line}`, text: () => writeNative([slo]) };
}
