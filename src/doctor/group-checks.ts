import { MOST_GROUPS } from '../collection/groups';
import { askedCounter, seriesOf } from './asked-counter';
import { askTogether } from './asked-together';
import type { Examined } from './examined';
import type { Symptom } from './finding';

/** Labels differ from series to series; so many are looked at to say which there are. */
const SERIES_LOOKED_AT = 20;

/** Whether the grouping labels exist, and do not have more values than can be kept. */
export async function checkGroups(examined: Examined): Promise<readonly Symptom[]> {
  const { slo, at, now } = examined;
  const asked = askedCounter(slo);
  if (asked === null || slo.groupBy.length === 0) return [];
  const series = seriesOf(asked.counter);
  const answers = await askTogether(
    at,
    {
      series: `count(${series})`,
      groups: `count(count by (${slo.groupBy.join(', ')}) (${series}))`,
      ...Object.fromEntries(
        slo.groupBy.map((label) => [
          `without ${label}`,
          `count(${seriesOf(asked.counter, { label, op: '=', value: '' })})`,
        ]),
      ),
    },
    now,
  );
  const all = answers.get('series') ?? 0;
  const absent = slo.groupBy
    .map((label) => [label, answers.get(`without ${label}`) ?? 0] as const)
    .filter(([, count]) => count > 0);
  const known = absent.length === 0 ? [] : await labelNames(examined, series);
  return [
    ...tooManyGroups(slo.groupBy, answers.get('groups') ?? 0),
    ...absent.map(([label, count]) => absentLabel(label, count, all, series, known)),
  ];
}

function tooManyGroups(groupBy: readonly string[], groups: number): readonly Symptom[] {
  if (groups <= MOST_GROUPS) return [];
  return [
    {
      check: 'too-many-groups',
      severity: 'error',
      path: 'groupBy',
      value: `groupBy ${groupBy.join(', ')} gives ${groups} groups`,
      allowed: `up to ${MOST_GROUPS}; those beyond are not counted`,
      action: 'group by a label with fewer values, such as a route instead of a path',
    },
  ];
}

function absentLabel(
  label: string,
  count: number,
  all: number,
  series: string,
  known: readonly string[],
): Symptom {
  const none = count === all;
  return {
    check: 'group-label-absent',
    severity: none ? 'error' : 'warning',
    path: 'groupBy',
    value: none
      ? `none of the ${all} series of ${series} has the label ${label}`
      : `${count} of ${all} series of ${series} have no label ${label}: they make a group of their own, ${label}=""`,
    allowed: known.join(', '),
    action: none
      ? 'group by a label that the series have'
      : `select ${label}!="" if they are not meant`,
  };
}

async function labelNames({ at, now }: Examined, series: string): Promise<readonly string[]> {
  const some = await at.source.instant(at.datasource, `topk(${SERIES_LOOKED_AT}, ${series})`, now);
  const names = new Set(some.flatMap(({ labels }) => Object.keys(labels)));
  names.delete('__name__');
  return [...names].sort();
}
