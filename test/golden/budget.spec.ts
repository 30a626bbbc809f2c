import { alertTiers, tierFires, type AlertTier } from '../../src/domain/alert-policy';
import { burnRate, burnsFaster } from '../../src/domain/burn-rate';
import { coverageBand, coverageRatio } from '../../src/domain/coverage';
import { formatSeconds, parseSeconds } from '../../src/domain/duration';
import { budgetSeconds, errorBudget, sliRatio } from '../../src/domain/error-budget';
import { type Fraction, toNumber } from '../../src/domain/fraction';
import { Objective } from '../../src/domain/objective';
import type { Tally } from '../../src/domain/tally';
import { asRatioSlices, asTimeSlices } from '../../src/collection/slices';
import type { SliReading } from '../../src/collection/sli-reading';
import golden from './budget.json';

const DAY = 86_400;

describe('time budgets', () => {
  it.each(golden.timeBudgets)(
    '$objective over $window allows $allowedMinutes minutes',
    ({ objective, window, allowedMinutes }) => {
      expect(budgetSeconds(Objective.parse(objective), parseSeconds(window))).toBe(
        Math.round(allowedMinutes * 60_000) / 1000,
      );
    },
  );
});

describe('budgets of occurrences', () => {
  it.each(golden.occurrences)('$name', (row) => {
    const objective = Objective.parse(row.objective);
    const events = tally(row.good, row.total, row.coveredSeconds ?? 30 * DAY);
    const budget = errorBudget(events, objective);
    expect({
      sli: sliRatio(events),
      allowedBad: budget?.allowedBad ?? null,
      consumed: budget?.consumedRatio ?? null,
      remaining: budget?.remainingRatio ?? null,
      burn: burnRate(events, objective),
    }).toEqual({
      sli: row.sli,
      allowedBad: row.allowedBad,
      consumed: row.consumed,
      remaining: row.remaining,
      burn: row.burn,
    });
  });
});

describe('budgeting methods judge the same slices differently', () => {
  const [five, night] = golden.methods;

  it.each(golden.methods)('occurrences: $name', ({ slices, objective, occurrences }) => {
    const events = sumOf(readingOf(slices));
    expect(events.coveredSeconds).toBe(slices.length * 300);
    expect(burnRate(events, Objective.parse(objective))).toBeCloseTo(occurrences.burn, 11);
    if ('sli' in occurrences) expect(sliRatio(events)).toBeCloseTo(occurrences.sli, 11);
  });

  it('timeslices: a slice is good or bad as a whole, and one without traffic is neither', () => {
    if (five?.timeslices === undefined) throw new Error('the vector is gone');
    const judged = asTimeSlices(readingOf(five.slices), Objective.parse(five.sliceObjective));
    const events = sumOf(judged);
    expect(events).toMatchObject({ good: 3n, total: 4n });
    expect(sliRatio(events)).toBe(five.timeslices.sli);
    expect(burnRate(events, Objective.parse(five.objective))).toBe(five.timeslices.burn);
  });

  it('ratio-timeslices: every slice with traffic weighs the same', () => {
    for (const vector of [five, night]) {
      if (vector === undefined) throw new Error('the vector is gone');
      const events = sumOf(asRatioSlices(readingOf(vector.slices)));
      const { ratioTimeslices } = vector;
      expect(burnRate(events, Objective.parse(vector.objective))).toBe(ratioTimeslices.burn);
      if ('sli' in ratioTimeslices) expect(sliRatio(events)).toBe(ratioTimeslices.sli);
    }
  });
});

describe('alert tiers', () => {
  it.each(golden.alertTiers)('of $window', ({ window, tiers }) => {
    const told = alertTiers(parseSeconds(window)).map((tier) => [
      tier.kind,
      formatSeconds(tier.longSeconds),
      formatSeconds(tier.shortSeconds),
      Number(toNumber(tier.factor).toFixed(12)),
    ]);
    expect(told).toEqual(tiers);
  });

  it.each(golden.fires)('$name', ({ objective, factor, long, short, fires }) => {
    const tier = tierWith(decimal(factor));
    expect(tierFires(tier, Objective.parse(objective), pair(long), pair(short))).toBe(fires);
  });

  it.each(Object.entries(golden.fullOutage.reachesFactorAfterSeconds))(
    'a full outage takes the %s window to its factor after %d s and not before',
    (long, seconds) => {
      const objective = Objective.parse(golden.fullOutage.objective);
      const tier = alertTiers(parseSeconds(golden.fullOutage.window)).find(
        ({ longSeconds }) => longSeconds === parseSeconds(long),
      );
      if (tier === undefined) throw new Error(`no tier looks back over ${long}`);
      const after = (badSeconds: number): boolean => {
        const [bad, total] = [Math.round(badSeconds * 1000), tier.longSeconds * 1000];
        return burnsFaster(tally(total - bad, total, tier.longSeconds), objective, tier.factor);
      };
      expect(after(seconds)).toBe(false);
      expect(after(seconds + 0.001)).toBe(true);
    },
  );
});

describe('coverage', () => {
  it.each(golden.coverage)('$name', ({ slices, bad, missing, objective, worst, best, within }) => {
    const seen = slices - missing;
    const events = tally(seen - bad, seen, seen * 300);
    const band = coverageBand(events, Objective.parse(objective), slices * 300);
    expect(Math.abs((band?.remainingRatioWorst ?? NaN) - worst)).toBeLessThan(within);
    expect(Math.abs((band?.remainingRatioBest ?? NaN) - best)).toBeLessThan(within);
    expect(coverageRatio(events, slices * 300)).toBeCloseTo(seen / slices, 12);
  });
});

function tally(good: number, total: number, coveredSeconds: number): Tally {
  return { good: BigInt(good), total: BigInt(total), coveredSeconds };
}

function pair([bad = 0, total = 0]: readonly number[]): Tally {
  return tally(total - bad, total, 3600);
}

function decimal(text: string): Fraction {
  const [whole = '', decimals = ''] = text.split('.');
  return { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) };
}

function tierWith(factor: Fraction): AlertTier {
  return { name: 'page-quick', kind: 'page', longSeconds: 3600, shortSeconds: 300, factor };
}

/** Slices of five minutes as collection hands them on. */
function readingOf(slices: readonly (readonly number[])[]): SliReading {
  const none = slices.map(() => new Set<never>());
  return {
    steps: { from: 0, to: slices.length * 300, stepSeconds: 300 },
    coveredBy: 'targets',
    coveredSeconds: slices.map(() => 300),
    flags: none,
    groups: new Map([
      [
        '[]',
        {
          labels: {},
          total: slices.map(([total = 0]) => BigInt(total)),
          good: slices.map(([, good = 0]) => BigInt(good)),
          coveredSeconds: null,
          flags: none,
          firstSeen: 0,
        },
      ],
    ]),
  };
}

function sumOf(reading: SliReading): Tally {
  const group = reading.groups.get('[]');
  const sum = (counts: readonly bigint[] = []) => counts.reduce((all, count) => all + count, 0n);
  return {
    good: sum(group?.good),
    total: sum(group?.total),
    coveredSeconds: reading.coveredSeconds.reduce((all, seconds) => all + seconds, 0),
  };
}
