import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { START } from '../../test/support/figures';
import { type HandFilled, MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith } from '../../test/support/slos';
import { Objective } from '../domain/objective';
import type { RehearsedPolicy, RehearsedTier } from '../domain/rehearsed-policy';
import type { Slo } from '../domain/slo';
import { LedgerFigurer } from './ledger-figurer';
import { type Rehearsal, Rehearsals, type RehearsalAsked } from './rehearsal';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const page = (long: number, short: number, factor: string, forSeconds = 0): RehearsedTier => ({
  ...{ kind: 'page', severity: null, forSeconds },
  ...{ longSeconds: long, shortSeconds: short, fires: { factor } },
});
const ticket = (long: number, short: number, factor: string): RehearsedTier => ({
  ...page(long, short, factor),
  kind: 'ticket',
});
const policy = (...tiers: readonly RehearsedTier[]): RehearsedPolicy => ({ name: 'own', tiers });

async function rehearsed(
  slo: Slo,
  fill: (stream: HandFilled) => HandFilled,
  policies: RehearsalAsked['policies'],
  different: Partial<RehearsalAsked> = {},
): Promise<Rehearsal> {
  const ledger = new MemoryLedger();
  const { end } = fill(ledger.begin(slo, START));
  const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory());
  const answer = await new Rehearsals(figurer, ledger).ask({
    ...{ slo, group: null, from: START, to: end, policies, mergeSeconds: 0 },
    ...different,
  });
  if (answer === null) throw new Error('there is an answer for every SLO');
  return answer;
}

const steady = { good: 1_000 };
const outage = START + 10 * DAY;
/** 99.9 %: a tenth fails for an hour, a burn of 100; a day later a fiftieth for ten minutes, a burn of 20. */
const twoIncidents = (stream: HandFilled) =>
  stream
    .until(outage, 300, steady)
    .until(outage + HOUR, 300, { good: 900, bad: 100 })
    .until(outage + DAY, 300, steady)
    .until(outage + DAY + 600, 300, { good: 980, bad: 20 })
    .until(START + 30 * DAY, 300, steady);

describe('a rehearsal', () => {
  it('tells of each policy what it would have done with the same episodes', async () => {
    const slo = sloWith();
    const quick = policy(page(30 * MINUTE, 5 * MINUTE, '5'));
    const slow = policy(page(6 * HOUR, HOUR, '20'), ticket(HOUR, 5 * MINUTE, '1'));
    const { episodes, policies } = await rehearsed(slo, twoIncidents, [quick, slow]);
    expect(episodes.map(({ from, to }) => [from - outage, to - outage])).toEqual([
      [0, HOUR],
      [DAY, DAY + 600],
    ]);
    const [first, second] = policies;
    // Half an hour at 100 is above 5 after five minutes; at 20 after ten.
    expect(first?.noticed.paged.map(({ detectionSeconds }) => detectionSeconds)).toEqual([
      300, 600,
    ]);
    expect(first?.noticed.unpaged).toEqual([]);
    // Six hours are above 20 once 72 minutes of 100 had gone, which never was.
    expect(second?.noticed.paged).toEqual([]);
    expect(second?.noticed.unpaged.map(({ ticketed }) => ticketed)).toEqual([true, true]);
    expect(second?.replay.pages).toEqual([]);
  });

  it('is the replay of the tiers in force where no policy is named', async () => {
    const { policies } = await rehearsed(sloWith(), twoIncidents, [null]);
    const [inForce] = policies;
    expect(inForce?.tiers.map(({ tier }) => tier.name)).toEqual([
      'page-quick',
      'page-slow',
      'ticket-quick',
      'ticket-slow',
    ]);
    expect(inForce?.replay.pages).toEqual([
      { from: outage + 10 * MINUTE, to: outage + HOUR + 30 * MINUTE },
    ]);
  });

  it('lets a tier wait for as long as it says, and forget what was too short', async () => {
    const at = (forSeconds: number) =>
      rehearsed(sloWith(), twoIncidents, [policy(page(30 * MINUTE, 5 * MINUTE, '5', forSeconds))]);
    const begins = ({ policies }: Rehearsal) =>
      policies.flatMap(({ replay }) => replay.pages.map(({ from }) => from - outage));
    expect(begins(await at(0))).toEqual([300, DAY + 600]);
    expect(begins(await at(2 * MINUTE))).toEqual([600]);
    expect(begins(await at(15 * MINUTE))).toEqual([1_200]);
    expect(begins(await at(2 * HOUR))).toEqual([]);
  });

  it('counts an episode that begins under a firing page as noticed already', async () => {
    const again = (stream: HandFilled) =>
      stream
        .until(outage, 300, steady)
        .until(outage + HOUR, 300, { good: 900, bad: 100 })
        .until(outage + HOUR + 300, 300, steady)
        .until(outage + 2 * HOUR, 300, { good: 900, bad: 100 })
        .until(START + 11 * DAY, 300, steady);
    const own = policy(page(HOUR, 30 * MINUTE, '14.4'));
    const apart = await rehearsed(sloWith(), again, [own]);
    expect(apart.episodes).toHaveLength(2);
    expect(apart.policies[0]?.noticed).toMatchObject({
      paged: [{ detectionSeconds: 600 }],
      alreadyPaged: [{ from: outage + HOUR + 300 }],
      unpaged: [],
    });
    const merged = await rehearsed(sloWith(), again, [own], { mergeSeconds: 600 });
    expect(merged.episodes).toHaveLength(1);
  });

  it('holds pages back by guards of its own, and leaves those of the SLO where it has none', async () => {
    const slo = sloWith({ minEvents: 10_000_000 });
    const tiers = [page(30 * MINUTE, 5 * MINUTE, '5')];
    const { policies } = await rehearsed(slo, twoIncidents, [
      { name: 'as the SLO', tiers },
      { name: 'none', tiers, minEvents: null },
      { name: 'own', tiers, minEvents: null, minBadEvents: 50 },
    ]);
    expect(policies.map(({ replay }) => replay.pages.length)).toEqual([0, 2, 1]);
  });

  it('names tiers that could never fire, and replays the others', async () => {
    const own = policy(page(HOUR, 5 * MINUTE, '1001'), page(6 * HOUR, HOUR, '5'));
    const { policies } = await rehearsed(sloWith(), twoIncidents, [own]);
    expect(policies[0]?.silent.map(({ tier }) => tier.longSeconds)).toEqual([HOUR]);
    expect(policies[0]?.tiers.map(({ tier }) => tier.longSeconds)).toEqual([6 * HOUR]);
  });

  it('takes the factor of a share from the length of each calendar month', async () => {
    const slo = sloWith({ window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' } });
    const own: RehearsedPolicy = {
      name: 'own',
      tiers: [{ ...page(HOUR, 5 * MINUTE, '1'), fires: { share: '2%' } }],
    };
    // October has 31 days: 14.88. 1.46 % is a burn of 14.6, above November's 14.4.
    const burn = (stream: HandFilled) =>
      stream.until(START + 61 * DAY, 300, { good: 98_540, bad: 1_460 });
    const { policies } = await rehearsed(slo, burn, [own], { from: START + DAY });
    expect(policies[0]?.replay.firings.map(({ from }) => from)).toEqual([START + 31 * DAY + 300]);
  });

  it('is null for a group that there is not', async () => {
    const slo = sloWith({ groupBy: ['endpoint'] });
    const ledger = new MemoryLedger();
    ledger.begin(slo, START, { group: { endpoint: '/a' } }).until(START + DAY, 300, steady);
    const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory());
    const asked = { slo, from: START, to: START + DAY, policies: [null], mergeSeconds: 0 };
    const rehearsals = new Rehearsals(figurer, ledger);
    expect(await rehearsals.ask({ ...asked, group: { endpoint: '/b' } })).toBeNull();
    expect(await rehearsals.ask({ ...asked, group: { endpoint: '/a' } })).not.toBeNull();
  });

  it('judges by another objective, episodes and tiers alike', async () => {
    // By 99 % the hour burns at 10 instead of 100, the ten minutes at 2 instead of 20.
    const objective = Objective.parse('99%');
    const tiers = [null, policy(page(HOUR, 5 * MINUTE, '5'))];
    const own = await rehearsed(sloWith(), twoIncidents, tiers);
    const other = await rehearsed(sloWith(), twoIncidents, tiers, { objective });
    const asDefined = await rehearsed(sloWith({ objective: '0.99' }), twoIncidents, tiers);
    const told = ({ episodes, policies }: Rehearsal) => [
      episodes,
      policies.map(({ replay, noticed }) => [replay.pages, noticed]),
    ];
    expect(told(other)).toEqual(told(asDefined));
    expect(told(other)).not.toEqual(told(own));
  });
});
