import { toMillisecond } from '../domain/instant';
import { NotFoundException } from '@nestjs/common';
import type { CallerIs } from '../auth/caller';
import type { DefinitionRegistry } from '../definitions/registry';
import { DAY_SECONDS } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';
import { isComposite, type Slo, sloId } from '../domain/slo';
import type { Ledger } from '../ledger/ledger';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import { earliestKept, historyTarget, type Unit, unitKey, unitOf } from './unit';
import type { AskedHistory, WantedHistory } from './wanted-history';

/** What of an SLO's history is still to be read; instants in epoch seconds. */
export interface HistoryLeft {
  readonly slo: string;
  /** Back to when history is wanted. */
  readonly from: number;
  /** Up to when it is still to be read; equal to `from` when all of it is. */
  readonly to: number;
  /** Steps of five minutes in between. */
  readonly steps: number;
  /** Null where nobody asked for more than the SLO's window. */
  readonly asked: AskedHistory | null;
  /** Why nothing more will be read than was wanted anyway; null where more will be. */
  readonly reason: string | null;
}

/** What requests for history have to know beside the ledger. */
export interface HistorySettings {
  readonly now: () => number;
  readonly retentionSeconds: number;
}

/** Asks for history beyond an SLO's window, and tells how far the reading is. */
export class BackfillRequests {
  constructor(
    private readonly registry: DefinitionRegistry,
    private readonly ledger: Ledger,
    private readonly wanted: WantedHistory,
    private readonly settings: HistorySettings,
  ) {}

  /**
   * @throws NotFoundException for an SLO that is not defined
   * @throws InvalidValue for a composite, and where the instant is in the future, or before what the ledger keeps
   */
  async ask(id: string, from: string, by: CallerIs): Promise<HistoryLeft> {
    const unit = this.unitNamed(id);
    const at = this.instantOf(from);
    const before = await this.askedOf(unit);
    const target = this.target(unit.slo, before);
    if (at >= target) return this.left(unit, before, anyway(unit.slo, target, before));
    const { service, name } = unit.slo;
    const asked = await this.wanted.ask({ service, name, revision: unit.revision }, at, by);
    return this.left(unit, asked, null);
  }

  /** @throws NotFoundException for an SLO that is not defined, InvalidValue for a composite */
  async of(id: string): Promise<HistoryLeft> {
    const unit = this.unitNamed(id);
    return this.left(unit, await this.askedOf(unit), null);
  }

  private async left(
    unit: Unit,
    asked: AskedHistory | null,
    reason: string | null,
  ): Promise<HistoryLeft> {
    const from = this.target(unit.slo, asked);
    const streams = await this.ledger.streams([unit.revision]);
    const own = streams.filter((stream) => unitKey(stream) === unit.key);
    const reached = own.map(({ backfilledTo }) => backfilledTo);
    const now = floorTo(this.settings.now(), GRID_SECONDS);
    const to = Math.max(from, ...(own.length === 0 ? [now] : reached));
    const steps = Math.ceil((to - from) / GRID_SECONDS);
    return { slo: sloId(unit.slo), from, to, steps, asked, reason };
  }

  private target(slo: Slo, asked: AskedHistory | null): number {
    const { now, retentionSeconds } = this.settings;
    return historyTarget(slo, now(), asked?.from, retentionSeconds);
  }

  private async askedOf(unit: Unit): Promise<AskedHistory | null> {
    return (await this.wanted.all()).find((asked) => unitKey(asked) === unit.key) ?? null;
  }

  /** On the grid, not later than it was named. */
  private instantOf(from: string): number {
    const at = Date.parse(from) / 1000;
    const now = this.settings.now();
    if (at > now)
      throw new InvalidValue(
        'from',
        from,
        `an instant that has passed, up to ${toMillisecond(now)}`,
      );
    const earliest = earliestKept(now, this.settings.retentionSeconds);
    if (at < earliest) {
      const kept = `${this.settings.retentionSeconds / DAY_SECONDS}d`;
      const allowed = `${toMillisecond(earliest)} or later, since history is kept for ${kept} (retention.history)`;
      throw new InvalidValue('from', from, allowed);
    }
    return floorTo(at, GRID_SECONDS);
  }

  private unitNamed(id: string): Unit {
    const { defined } = this.registry.current();
    const found = defined.find(({ slo }) => sloId(slo) === id);
    if (found !== undefined) return unitOf(withSource(found.slo));
    const [service = ''] = id.split('/');
    const siblings = defined.filter(({ slo }) => slo.service === service);
    const hint =
      siblings.length === 0
        ? `the service ${service} has none`
        : `the SLOs of ${service} are: ${siblings
            .map(({ slo }) => slo.name)
            .sort()
            .join(', ')}`;
    throw new NotFoundException(`there is no SLO ${id}; ${hint}`);
  }
}

/** @throws InvalidValue for what has no history but that of its parts */
function withSource(slo: Slo): Slo {
  if (!isComposite(slo)) return slo;
  const parts = slo.sli.parts.map(sloId).join(', ');
  const allowed = `one of its parts, whose history is that of the composite: ${parts}`;
  throw new InvalidValue('slo', sloId(slo), allowed);
}

function anyway(slo: Slo, target: number, asked: AskedHistory | null): string {
  const why =
    asked?.from === target
      ? `since ${asked.askedBy} asked for it at ${toMillisecond(asked.askedAt)}`
      : 'as far as its SLO window reaches';
  return `the history of ${sloId(slo)} is wanted back to ${toMillisecond(target)} anyway, ${why}`;
}
