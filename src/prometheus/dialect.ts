import { sharingSelectors } from '../promql/shared-selectors';
import type { Engine } from './answer';

/** VictoriaMetrics refuses longer queries, in bytes, unless it is told otherwise. */
const LONGEST_QUERY = 16_384;

/**
 * What is sent for an answer that means the same.
 *
 * VictoriaMetrics answers from a cache that late samples do not reach, aligns ranges to it, and
 * repeats the value before in the place of every point of the last 30 seconds: a step would bring
 * the events of the one before a second time. In a range of long steps it shows a series that fell
 * silent for as long as a step, Prometheus for five minutes.
 *
 * @param configured what the data source adds; stronger than the dialect, never than the question
 * @see docs/decisions/0008-one-number-on-every-engine.md
 */
export function parametersIn(
  engine: Engine,
  asked: Parameters,
  configured: Parameters,
): Parameters {
  if (engine === 'prometheus') return { ...configured, ...asked };
  const { query } = asked;
  const long = query !== undefined && Buffer.byteLength(query) > LONGEST_QUERY;
  return {
    nocache: '1',
    latency_offset: '1ms',
    max_lookback: '5m',
    ...configured,
    ...asked,
    ...(long ? { query: sharingSelectors(query) } : {}),
  };
}

type Parameters = Readonly<Record<string, string>>;
