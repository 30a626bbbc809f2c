import { type AfterTickParts, afterTickOf } from './after-tick';

const NEVER = () => false;

describe('what follows a tick', () => {
  let done: string[];
  let closes: readonly object[];

  beforeEach(() => {
    done = [];
    closes = [];
  });

  const afterTick = () => {
    const does = (what: string) => () => {
      done.push(what);
      return Promise.resolve();
    };
    const definitions = { defined: [], problems: [] };
    const parts = {
      registry: { current: () => definitions },
      definitions: { record: does('record') },
      ledger: { maintain: does('maintain') },
      clock: { now: () => 1_000 },
      evaluator: { evaluate: does('evaluate') },
      alerting: { judge: does('judge') },
      delivery: { wake: does('wake receivers') },
      live: { tell: does('tell pages') },
      closing: { closeDue: () => does('close')().then(() => closes) },
      reportDelivery: { open: does('open targets'), wake: does('wake targets') },
    };
    return afterTickOf(parts as unknown as AfterTickParts);
  };

  it('writes definitions down before they are evaluated, and judges before anybody is told', async () => {
    const after = afterTick();
    await after.figures(60, NEVER);
    const told = ['evaluate', 'judge', 'wake receivers', 'tell pages'];
    expect(done).toEqual(['record', ...told]);
    await after.figures(120, NEVER);
    expect(done.slice(5)).toEqual(told);
  });

  it('makes lists anew without judging anything', async () => {
    await afterTick().lists(60, NEVER);
    expect(done).toEqual(['record', 'evaluate', 'tell pages']);
  });

  it('brings reports only where one was closed', async () => {
    const after = afterTick();
    await after.chores(60, NEVER);
    expect(done).toEqual(['open targets', 'close', 'maintain']);
    done = [];
    closes = [{}];
    await after.chores(120, NEVER);
    expect(done).toEqual(['open targets', 'close', 'wake targets']);
  });

  it('begins no further step once it is stopped', async () => {
    await afterTick().figures(60, () => done.includes('evaluate'));
    expect(done).toEqual(['record', 'evaluate']);
  });
});
