import type { IncidentPlan } from './incidents';

export type Labels = Readonly<Record<string, string>>;

/** How much traffic a system has over a day and a week. */
export interface TrafficShape {
  readonly peakPerSecond: number;
  /** Share of the peak that is left at four in the morning. */
  readonly nightShare: number;
  readonly weekendFactor: number;
}

/** Bounds of a classic histogram, and the share of events above each when all is well. */
export interface LatencyProfile {
  /** As exposed; whole numbers carry `.0`, which every Prometheus leaves as it is. */
  readonly bounds: readonly string[];
  readonly tails: readonly number[];
}

/** One way into a system: its requests by status and their durations. */
export interface Route {
  readonly labels: Labels;
  /** Share of the system's traffic. */
  readonly share: number;
  readonly okStatus: string;
  readonly serverErrorStatus: string;
  readonly serverErrorShare: number;
  readonly clientErrors: readonly ClientError[];
  readonly latency: LatencyProfile;
}

export interface ClientError {
  readonly status: string;
  readonly share: number;
  /** True for refused logins, which an attack multiplies. */
  readonly refusedLogin?: boolean;
}

/** A counter that moves with the traffic. */
export interface CounterPlan {
  readonly name: string;
  readonly labels: Labels;
  readonly perRequest: number;
  /** What an incident changes about it. */
  readonly follows?: 'cacheHit' | 'cacheMiss' | 'failure' | 'refusedLogin';
}

export interface HistogramPlan {
  readonly name: string;
  readonly labels: Labels;
  readonly perRequest: number;
  readonly latency: LatencyProfile;
}

/** Resident memory: a base, and a leak that a restart mends. */
export interface MemoryPlan {
  readonly baseBytes: number;
  readonly leakBytesPerDay: number;
}

export interface SystemPlan {
  readonly name: string;
  readonly job: string;
  readonly pods: number;
  readonly traffic: TrafficShape;
  readonly routes: readonly Route[];
  readonly counters: readonly CounterPlan[];
  readonly histograms: readonly HistogramPlan[];
  readonly memory: MemoryPlan | null;
  readonly incidents: readonly IncidentPlan[];
}

/** The name a pod has in the `instance` label. */
export function instanceOf(system: SystemPlan, pod: number): string {
  return `${system.job}-${pod}`;
}
