import { Board } from '../evaluation/board';
import { LedgerFigurer } from '../evaluation/ledger-figurer';
import { Evaluator } from '../evaluation/evaluator';
import { ExclusionsInForce } from '../ledger/exclusions';
import { LedgerUnavailable } from '../ledger/ledger';
import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { excluded, MemoryExclusions } from '../../test/support/excluding';
import { START } from '../../test/support/figures';
import { MemoryFiring } from '../../test/support/memory-firing';
import { MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith } from '../../test/support/slos';
import { LatestFigures } from './latest-figures';

const MINUTE = 60;
const HOUR = 3_600;

/** An hour of failures, evaluated every minute since it began. */
async function burning() {
  const [slo, ledger, board] = [sloWith(), new MemoryLedger(), new Board()];
  const stream = ledger
    .begin(slo, START)
    .until(START + 24 * HOUR, HOUR, { good: 3_600 })
    .until(START + 25 * HOUR, MINUTE, { good: 0, bad: 60 });
  const [history, firing] = [new MemoryDefinitionHistory(), new MemoryFiring()];
  const exclusions = new MemoryExclusions();
  const evaluator = new Evaluator(ledger, board, () => 0, history, firing, exclusions);
  for (let at = START + 24 * HOUR; at <= stream.end; at += MINUTE) {
    await evaluator.evaluate([slo], at);
    firing.keep(board.current().figures);
  }
  const figurer = new LedgerFigurer(ledger, history, exclusions);
  const told = (inForce: ExclusionsInForce = exclusions) =>
    new LatestFigures(board, inForce, figurer).of(slo, null, stream.end);
  return { slo, board, exclusions, end: stream.end, told };
}

class Away extends ExclusionsInForce {
  constructor(private readonly error: Error) {
    super();
  }

  inForce(): Promise<never> {
    return Promise.reject(this.error);
  }
}

describe('the latest figures', () => {
  it('are those of the board as long as nothing else is excluded', async () => {
    const { board, told } = await burning();
    expect(await told()).toBe(board.current().figures[0]);
  });

  it('are computed anew once something is, with the alerts that go on firing', async () => {
    const { board, exclusions, end, told } = await burning();
    exclusions.list = [excluded(START, START + HOUR)];
    const anew = await told();
    expect(anew).not.toBe(board.current().figures[0]);
    expect(anew?.budget.events.total).toBe(24n * 3_600n);
    const since = anew?.tiers.map((tier) => tier.since);
    expect(since).toEqual(board.current().figures[0]?.tiers.map((tier) => tier.since));
    expect(since?.[0]).toBeLessThan(end);
  });

  it('fire no more where all of the failures are excluded', async () => {
    const { exclusions, end, told } = await burning();
    exclusions.list = [excluded(START + 24 * HOUR, end)];
    expect((await told())?.tiers.filter(({ firing }) => firing)).toEqual([]);
  });

  it('are those of the board while the database is away, and nothing else hides an error', async () => {
    const { board, told } = await burning();
    const away = new Away(new LedgerUnavailable(new Error('connection refused')));
    expect(await told(away)).toBe(board.current().figures[0]);
    await expect(told(new Away(new Error('a bug')))).rejects.toThrow('a bug');
  });
});
