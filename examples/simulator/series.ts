import type { Labels, SystemPlan } from './system';

export type FamilyType = 'counter' | 'gauge' | 'histogram';

/** One series a pod exposes, at a fixed place in the pod's values. */
export interface Series {
  /** The family's name as its TYPE line has it in the text format. */
  readonly family: string;
  readonly type: FamilyType;
  readonly name: string;
  readonly labels: Labels;
}

/** Every series a pod of a system can expose, family by family. */
export function seriesOf(system: SystemPlan): readonly Series[] {
  const requests = system.routes.flatMap((route) =>
    [
      route.okStatus,
      ...route.clientErrors.map(({ status }) => status),
      route.serverErrorStatus,
    ].map((status) => counter('http_requests_total', { ...route.labels, status })),
  );
  const durations = system.routes.flatMap(({ labels, latency }) =>
    histogram('http_request_duration_seconds', labels, latency.bounds),
  );
  return [
    gauge('process_start_time_seconds'),
    ...(system.memory === null ? [] : [gauge('process_resident_memory_bytes')]),
    ...requests,
    ...durations,
    ...system.counters.map(({ name, labels }) => counter(name, labels)),
    ...system.histograms.flatMap(({ name, labels, latency }) =>
      histogram(name, labels, latency.bounds),
    ),
  ];
}

/** `name{a="b"}`, the labels given first standing first. */
export function seriesText(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${quoted(value)}`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function counter(name: string, labels: Labels): Series {
  return { family: name, type: 'counter', name, labels };
}

function gauge(name: string): Series {
  return { family: name, type: 'gauge', name, labels: {} };
}

function histogram(family: string, labels: Labels, bounds: readonly string[]): readonly Series[] {
  const of = (suffix: string, more: Labels): Series => ({
    family,
    type: 'histogram',
    name: `${family}_${suffix}`,
    labels: { ...labels, ...more },
  });
  return [...[...bounds, '+Inf'].map((le) => of('bucket', { le })), of('sum', {}), of('count', {})];
}
