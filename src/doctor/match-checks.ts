import { doubtfulPart } from '../collection/part-check';
import type { Labels } from '../collection/series-source';
import { DAY_SECONDS } from '../domain/duration';
import { formatSelector, type Selector } from '../promql/selector';
import { type AskedCounter, askedCounter } from './asked-counter';
import { askTogether } from './asked-together';
import type { Examined } from './examined';
import type { Symptom } from './finding';

const MOST_VALUES = 5;

/** Whether the selectors match anything: now, or at least in the last day. */
export async function checkMatches(examined: Examined): Promise<readonly Symptom[]> {
  const asked = askedCounter(examined.slo);
  if (asked === null) return [];
  const { at, slo, now } = examined;
  if (await matchedLately(examined, asked.counter.selector)) {
    const doubt = await doubtfulPart(at, slo, now);
    if (doubt === null || slo.sli.kind !== 'ratio') return [];
    return [
      {
        check: 'part-matches-nothing',
        severity: 'warning',
        path: `sli.ratio.${slo.sli.part.role}`,
        value: doubt,
        allowed: '',
        action: '',
      },
    ];
  }
  return [await nothingMatched(examined, asked)];
}

async function matchedLately({ at, now }: Examined, selector: Selector): Promise<boolean> {
  const text = formatSelector(selector);
  const counted = await askTogether(at, { series: `count(${text})` }, now);
  if ((counted.get('series') ?? 0) > 0) return true;
  return (await setsOfLastDay(at, text, now)).length > 0;
}

/**
 * A metric that nobody has is a slip; one that exists under other labels may be that of a service
 * that is yet to be deployed. A source that holds nothing at all accuses nobody.
 */
async function nothingMatched(
  { at, now }: Examined,
  { counter, path }: AskedCounter,
): Promise<Symptom> {
  const { selector } = counter;
  const value = `no series matched ${formatSelector(selector)} in the last day`;
  const warning = { check: 'matches-nothing', severity: 'warning', path, value } as const;
  const anywhere = await askTogether(
    at,
    { metric: `count(${formatSelector({ metric: selector.metric, matchers: [] })})` },
    now,
  );
  if ((anywhere.get('metric') ?? 0) > 0) {
    const known = await stranger(at, selector, now);
    const action = 'correct the selector, unless what it names is yet to be deployed';
    return { ...warning, allowed: known, action };
  }
  const targets = await askTogether(at, { targets: 'count(up)' }, now);
  if ((targets.get('targets') ?? 0) === 0) {
    const action = `data source ${at.datasource} scrapes nothing at all now: ask again when it does`;
    return { ...warning, allowed: '', action };
  }
  return {
    ...warning,
    severity: 'error',
    value: `${value}, and no metric ${selector.metric} exists at data source ${at.datasource}`,
    allowed: 'a metric that its targets expose',
    action: 'correct the name of the metric, or define the SLO once the metric exists',
  };
}

/** The first matcher that leaves nothing of the metric, with the values there are. */
async function stranger(
  at: Examined['at'],
  { metric, matchers }: Selector,
  now: number,
): Promise<string> {
  for (const matcher of matchers) {
    const alone = formatSelector({ metric, matchers: [matcher] });
    if (((await askTogether(at, { alone: `count(${alone})` }, now)).get('alone') ?? 0) > 0)
      continue;
    const { label } = matcher;
    const whole = formatSelector({ metric, matchers: [] });
    const by = /^[a-zA-Z_]\w*$/.test(label) ? label : JSON.stringify(label);
    const values = await at.source.instant(
      at.datasource,
      `topk(${MOST_VALUES}, count by (${by}) (${whole}))`,
      now,
    );
    const known = values.map(({ labels }) => labels[label] ?? '').filter((value) => value !== '');
    if (known.length === 0) return `labels that ${metric} has; none of its series has ${label}`;
    return `values that ${label} of ${metric} has, such as ${known.map((value) => JSON.stringify(value)).join(', ')}`;
  }
  return `a combination of labels that ${metric} has`;
}

function setsOfLastDay(
  { source, datasource }: Examined['at'],
  selector: string,
  now: number,
): Promise<readonly Labels[]> {
  return source.labelSets(datasource, selector, now - DAY_SECONDS, now);
}
