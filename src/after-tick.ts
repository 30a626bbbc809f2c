import type { Alerting } from './alerting/alerting';
import type { Delivery } from './alerting/delivery';
import type { Clock } from './collection/clock';
import { AfterTick } from './collection/tick-loop';
import { writeNative } from './definitions/native-writer';
import type { Defined, DefinitionRegistry, Definitions } from './definitions/registry';
import type { Evaluator } from './evaluation/evaluator';
import type { DefinedNow, DefinitionHistory } from './ledger/definition-history';
import type { Ledger } from './ledger/ledger';
import type { Live } from './live/live';
import type { Closing } from './reports/closing';
import type { ReportDelivery } from './reports/delivery/report-delivery';

const MAINTAIN_EVERY_SECONDS = 600;

type Step = (dueEnd: number, stopped: () => boolean) => unknown;

/** What follows a tick, one step after the other; where one fails, the next tick tries again. */
class InTurn extends AfterTick {
  constructor(
    private readonly steps: Readonly<Record<'figures' | 'lists' | 'chores', readonly Step[]>>,
  ) {
    super();
  }

  figures(dueEnd: number, stopped: () => boolean): Promise<void> {
    return inTurn(this.steps.figures, dueEnd, stopped);
  }

  lists(dueEnd: number, stopped: () => boolean): Promise<void> {
    return inTurn(this.steps.lists, dueEnd, stopped);
  }

  chores(dueEnd: number, stopped: () => boolean): Promise<void> {
    return inTurn(this.steps.chores, dueEnd, stopped);
  }
}

async function inTurn(
  steps: readonly Step[],
  dueEnd: number,
  stopped: () => boolean,
): Promise<void> {
  for (const step of steps) {
    if (stopped()) return;
    await step(dueEnd, stopped);
  }
}

/** What takes part in what follows a tick. */
export interface AfterTickParts {
  readonly registry: DefinitionRegistry;
  readonly definitions: DefinitionHistory;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly evaluator: Evaluator;
  readonly alerting: Alerting;
  readonly delivery: Delivery;
  readonly live: Live;
  readonly closing: Closing;
  readonly reportDelivery: ReportDelivery;
}

export function afterTickOf(parts: AfterTickParts): AfterTick {
  const { registry, ledger, clock, delivery, live, closing, reportDelivery } = parts;
  const evaluated: readonly Step[] = [
    recording(registry, parts.definitions, clock),
    (dueEnd) =>
      parts.evaluator.evaluate(
        registry.current().defined.map(({ slo }) => slo),
        dueEnd,
      ),
  ];
  return new InTurn({
    figures: [
      ...evaluated,
      () => parts.alerting.judge(),
      () => {
        delivery.wake();
      },
      live.tell,
    ],
    lists: [...evaluated, live.tell],
    chores: [
      () => reportDelivery.open(),
      async (_, stopped) => {
        if ((await closing.closeDue(stopped)).length > 0) reportDelivery.wake();
      },
      maintaining(ledger, clock),
    ],
  });
}

/** Writes definitions down when they are other ones than before. */
function recording(
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
function maintaining(ledger: Ledger, clock: Clock): () => Promise<void> {
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
