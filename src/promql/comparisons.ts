import type { ComparisonOperator } from '../domain/slo';

/** How PromQL writes comparisons. */
export const COMPARISONS: Readonly<Record<ComparisonOperator, string>> = {
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};

/** How PromQL aggregates over the instances of a target. */
export const OVER_INSTANCES = { any: 'max', all: 'min', average: 'avg' } as const;
