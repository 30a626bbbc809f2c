import { effectAt, type Incident, planned } from './incidents';
import { Pod, type PodState } from './pod';
import type { SystemPlan } from './system';

/** Where the history ended, for the live simulator to go on from. */
export interface FleetState {
  readonly seed: string;
  /** Epoch seconds that the planned incidents count back from. */
  readonly anchor: number;
  /** Epoch seconds from which on it has. */
  readonly from: number;
  /** Epoch seconds up to which everything below has happened. */
  readonly at: number;
  readonly pods: readonly PodState[];
}

/** All pods of all systems, living through time together. */
export class Fleet {
  readonly pods: readonly Pod[];
  private readonly incidents: ReadonlyMap<string, Incident[]>;
  private at: number;

  constructor(
    systems: readonly SystemPlan[],
    private readonly seed: string,
    private readonly anchor: number,
    private readonly from: number,
  ) {
    this.at = from;
    this.pods = systems.flatMap((system) =>
      Array.from({ length: system.pods }, (_, index) => new Pod(system, index, seed, from)),
    );
    this.incidents = new Map(
      systems.map((system) => [
        system.name,
        system.incidents.map((incident) => planned(incident, anchor)),
      ]),
    );
  }

  /** Lives on until an instant, in steps that end on multiples of their length. */
  advanceTo(to: number, stepSeconds: number): void {
    while (this.at < to) {
      const next = Math.min(to, (Math.floor(this.at / stepSeconds) + 1) * stepSeconds);
      for (const pod of this.pods) {
        pod.advance(this.at, next, effectAt(this.incidentsOf(pod.system.name), next));
      }
      this.at = next;
    }
  }

  /** Lets something happen to a system that was not planned. */
  strike(system: string, incident: Incident): void {
    this.incidentsOf(system).push(incident);
  }

  state(): FleetState {
    return {
      seed: this.seed,
      anchor: this.anchor,
      from: this.from,
      at: this.at,
      pods: this.pods.map((pod) => pod.state()),
    };
  }

  /** A fleet in the state in which another was left. */
  static resumed(systems: readonly SystemPlan[], state: FleetState): Fleet {
    const fleet = new Fleet(systems, state.seed, state.anchor, state.from);
    fleet.at = state.at;
    if (fleet.pods.length !== state.pods.length) {
      throw new RangeError(
        `the saved state has ${state.pods.length} pods, this model has ${fleet.pods.length}: start over with --fresh`,
      );
    }
    fleet.pods.forEach((pod, index) => {
      const saved = state.pods[index];
      if (saved !== undefined) pod.resume(saved);
    });
    return fleet;
  }

  private incidentsOf(system: string): Incident[] {
    return this.incidents.get(system) ?? [];
  }
}
