import { Logger } from '@nestjs/common';
import type { Slo } from '../domain/slo';
import { slo } from '../../test/support/slo';
import { FakeSource } from '../../test/support/fake-source';
import { CollectionLog } from './collection-log';
import { type HeldUnit, OrdinaryRound } from './ordinary-round';
import { type InstantSample, type Series, SourceFailure } from './series-source';
import { unitOf } from './unit';

const MINUTE = 60;
const START = 1_700_000_040;

/** Counters of any job that were scraped on the minute and rose by ten, one of them bad, to this day. */
class ScrapedSource extends FakeSource {
  readonly questions: string[] = [];
  failure: SourceFailure | null = null;
  /** Beyond it nothing was scraped. */
  scrapedUpTo = Infinity;

  constructor() {
    super([]);
  }

  override async samples(
    _name: string,
    selector: string,
    from: number,
    to: number,
  ): Promise<readonly Series[]> {
    this.questions.push(selector);
    if (this.failure !== null) throw this.failure;
    const at: number[] = [];
    const first = Math.ceil(from / MINUTE) * MINUTE;
    const last = Math.min(to, this.scrapedUpTo);
    for (let instant = first; instant <= last; instant += MINUTE) at.push(instant);
    const jobs = ['api', 'web'].filter((job) => selector.includes(job));
    return jobs.flatMap((job) =>
      ['200', '500'].map((status, bad) => ({
        labels: { __name__: 'http_requests_total', job, instance: 'a:80', status },
        at,
        values: at.map((instant) => ((instant - START) / MINUTE) * (bad === 1 ? 1 : 9) + 1_000),
      })),
    );
  }

  override async instant(): Promise<readonly InstantSample[]> {
    return [];
  }
}

describe('a round of ordinary steps', () => {
  const errors = slo();
  const other = slo({
    name: 'other',
    sli: {
      kind: 'ratio',
      total: 'http_requests_total{job="web"}',
      part: { role: 'bad', selector: 'http_requests_total{job="web",status=~"5.."}' },
    },
  });
  let source: ScrapedSource;
  let log: CollectionLog;
  let round: OrdinaryRound;

  beforeEach(() => {
    const logger = new Logger('test');
    jest.spyOn(logger, 'warn').mockReturnValue(undefined);
    jest.spyOn(logger, 'log').mockReturnValue(undefined);
    log = new CollectionLog(logger);
    source = new ScrapedSource();
    round = new OrdinaryRound(
      (datasource, asked) => ({ datasource, source: asked, scrapeIntervalSeconds: MINUTE }),
      log,
    );
  });

  const dueAt = (minutes: number) => {
    const end = START + minutes * MINUTE;
    return { end, now: end + 35 };
  };
  const held = (of: Slo, id: number, minutes: number): HeldUnit => {
    const unit = unitOf(of);
    const at = START + minutes * MINUTE;
    const oldest = { at: START, good: 0n, total: 0n, coveredSeconds: 0 };
    const counted = { good: BigInt(9 * minutes), total: BigInt(10 * minutes) };
    return {
      unit,
      lease: { unit: unit.lease, epoch: 1n },
      streams: [
        {
          ...{ id, service: of.service, name: of.name, group: null, revision: unit.revision },
          ...{ scale: 1n, oldest, backfilledTo: START, lastCoveredAt: at, corrections: 0 },
          newest: { at, ...counted, coveredSeconds: minutes * MINUTE },
        },
      ],
    };
  };
  const read = (units: readonly HeldUnit[], minutes: number) =>
    round.read(source, units, new Set(), dueAt(minutes));
  const stepsOf = async (units: readonly HeldUnit[], minutes: number) =>
    (await read(units, minutes)).appends.map(({ streamId, after, steps }) => ({
      streamId,
      after: (after - START) / MINUTE,
      steps: steps.map(({ good, total }) => [good, total]),
    }));

  it('asks for what goes on before the ledger has told what is due, and reads it', async () => {
    await read([held(errors, 1, 10)], 11);
    expect(source.questions).toHaveLength(1);
    round.begin(source, dueAt(12));
    expect(source.questions).toHaveLength(2);
    expect(await stepsOf([held(errors, 1, 11)], 12)).toEqual([
      { streamId: 1, after: 11, steps: [[9n, 10n]] },
    ]);
    expect(source.questions).toHaveLength(2);
  });

  it('asks again where something else is due: another unit, other steps, another minute', async () => {
    await read([held(errors, 1, 10)], 11);
    round.begin(source, dueAt(12));
    const both = [held(errors, 1, 11), held(other, 2, 11)];
    expect(await stepsOf(both, 12)).toEqual([
      { streamId: 1, after: 11, steps: [[9n, 10n]] },
      { streamId: 2, after: 11, steps: [[9n, 10n]] },
    ]);
    expect(source.questions).toHaveLength(3);
    // Another replica was a step behind.
    round.begin(source, dueAt(13));
    const behind = [held(errors, 1, 11), held(other, 2, 12)];
    expect((await stepsOf(behind, 13)).map(({ steps }) => steps.length)).toEqual([2, 1]);
    expect(source.questions).toHaveLength(5);
    // A tick was left out.
    round.begin(source, dueAt(15));
    expect(source.questions).toHaveLength(5);
  });

  it('goes on from what was read where the last step is not final yet', async () => {
    source.scrapedUpTo = START + 11 * MINUTE - 1;
    expect(await stepsOf([held(errors, 1, 9)], 11)).toEqual([
      { streamId: 1, after: 9, steps: [[9n, 10n]] },
    ]);
    source.scrapedUpTo = Infinity;
    round.begin(source, dueAt(12));
    expect((await stepsOf([held(errors, 1, 10)], 12)).map(({ steps }) => steps.length)).toEqual([
      2,
    ]);
    expect(source.questions).toHaveLength(2);
  });

  it('does not ask early for whoever is far behind', async () => {
    const [first] = await stepsOf([held(errors, 1, 9)], 60);
    expect(first?.steps).toHaveLength(15);
    round.begin(source, dueAt(61));
    expect(source.questions).toHaveLength(1);
  });

  it('tells of a failure of what was asked early, and not of one that nobody waited for', async () => {
    await read([held(errors, 1, 10)], 11);
    source.failure = new SourceFailure(
      'forbidden',
      'default',
      'answered 401; check its credentials',
    );
    round.begin(source, dueAt(12));
    source.failure = null;
    expect((await read([held(errors, 1, 11), held(other, 2, 11)], 12)).appends).toHaveLength(2);
    expect(log.failing()).toEqual([]);
    source.failure = new SourceFailure(
      'forbidden',
      'default',
      'answered 401; check its credentials',
    );
    round.begin(source, dueAt(13));
    source.failure = null;
    const result = await read([held(errors, 1, 12), held(other, 2, 12)], 13);
    expect(result).toMatchObject({ appends: [], rest: [] });
    expect(log.failing().map(({ slo: id }) => id)).toEqual(['api/errors', 'api/other']);
  });
});
