import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';

/** Colours that people with any colour vision tell apart by their lightness, too; words stand beside them. */
const COLOURS = {
  good: 'green',
  warn: 'yellow',
  bad: 'orange',
  worst: 'dark-red',
  unknown: 'gray',
} as const;

/** The places of `slo_status`, as the metric's help has them. */
export const STATUS_WORDS: ValueMapping[] = [
  words({
    0: ['no data', COLOURS.unknown],
    1: ['exhausted', COLOURS.worst],
    2: ['critical', COLOURS.bad],
    3: ['at risk', COLOURS.warn],
    4: ['healthy', COLOURS.good],
  }),
];

export const FIRING_WORDS: ValueMapping[] = [
  words({ 0: ['quiet', COLOURS.good], 1: ['FIRING', COLOURS.worst] }),
];

export const UP_WORDS: ValueMapping[] = [
  words({ 0: ['DOWN', COLOURS.worst], 1: ['up', COLOURS.good] }),
];

/** Of the share of a budget that is left: as the status has it. */
export const BUDGET_LEFT = steps([
  [null, COLOURS.worst],
  [0, COLOURS.bad],
  [0.1, COLOURS.warn],
  [0.5, COLOURS.good],
]);

/** Of a burn rate: the tiers of budgets of 28 days and more. */
export const BURN = steps([
  [null, COLOURS.good],
  [1, COLOURS.warn],
  [6, COLOURS.bad],
  [14.4, COLOURS.worst],
]);

export const COVERAGE = steps([
  [null, COLOURS.worst],
  [0.5, COLOURS.bad],
  [0.99, COLOURS.warn],
  [0.999, COLOURS.good],
]);

/** Of the age of data: a minute's step is read within two, and is no data after fifteen. */
export const DATA_AGE = steps([
  [null, COLOURS.good],
  [300, COLOURS.warn],
  [900, COLOURS.worst],
]);

export const NOTHING_IS_GOOD = steps([
  [null, COLOURS.good],
  [1, COLOURS.bad],
]);

export const PLAIN = steps([[null, 'text']]);

export function steps(limits: readonly (readonly [number | null, string])[]) {
  const thresholds = limits.map(([value, color]): Threshold => ({ value, color }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(thresholds);
}

/** A field is coloured by its thresholds or mappings, never by its place. */
export function byThreshold(): FieldColorBuilder {
  return new FieldColorBuilder().mode(FieldColorModeId.Thresholds);
}

function words(of: Readonly<Record<number, readonly [text: string, color: string]>>): ValueMapping {
  const options = Object.entries(of).map(
    ([value, [text, color]], index) => [value, { text, color, index }] as const,
  );
  return { type: MappingType.ValueToText, options: Object.fromEntries(options) };
}
