import fc from 'fast-check';
import type { ExcludedWhen, WrittenExclusion } from '../../src/domain/exclusion';
import { someText } from './any-text';

const BEGIN = Date.UTC(2026, 0, 1) / 1000;
const YEAR = 365 * 86_400;

/** A second of 2026. */
const second = fc.integer({ min: BEGIN, max: BEGIN + YEAR });

const once: fc.Arbitrary<ExcludedWhen> = fc
  .tuple(second, fc.integer({ min: 1, max: 3 * 86_400 }))
  .map(([from, seconds]) => ({ kind: 'once', from, to: from + seconds }));

const repeated: fc.Arbitrary<ExcludedWhen> = fc.record({
  kind: fc.constant('recurring' as const),
  from: second,
  durationSeconds: fc.integer({ min: 1, max: 86_400 }),
  rrule: fc.constantFrom(
    'FREQ=DAILY',
    'FREQ=WEEKLY;BYDAY=SU',
    'FREQ=MONTHLY;BYDAY=-1SU;BYHOUR=2,14',
    'FREQ=DAILY;INTERVAL=3;COUNT=20',
    'FREQ=WEEKLY;UNTIL=20281231T000000Z',
  ),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe'),
});

export const anyWhen: fc.Arbitrary<ExcludedWhen> = fc.oneof(once, repeated);

/** As a definition may write it; about all groups, or those of one `endpoint`. */
export const anyWrittenExclusion: fc.Arbitrary<WrittenExclusion> = fc.record({
  when: anyWhen,
  treatment: fc.constantFrom('drop' as const, 'countGood' as const),
  reason: someText,
  author: someText,
  group: fc.option(fc.constantFrom({ endpoint: '/cars' }, { endpoint: '' })),
});
