import type { Engine } from './answer';

/**
 * What has to be sent along for an answer that means the same.
 *
 * VictoriaMetrics answers from a cache that late samples do not reach, aligns ranges to it, and
 * repeats the value before in the place of every point of the last 30 seconds: a step would bring
 * the events of the one before a second time.
 */
export function parametersFor(engine: Engine): Readonly<Record<string, string>> {
  return engine === 'victoria-metrics' ? { nocache: '1', latency_offset: '1ms' } : {};
}
