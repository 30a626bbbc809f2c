import { MemoryAudit } from '../../test/support/access';
import { Refusals } from './refusals';

const REFUSED = {
  actor: 'anonymous',
  subject: 'GET /api/v1/slos',
  status: 401,
  requestId: 'r',
  address: '203.0.113.7',
};

describe('refused attempts', () => {
  let audit: MemoryAudit;
  let failures: unknown[];
  let now: number;
  let refusals: Refusals;

  beforeEach(() => {
    audit = new MemoryAudit();
    failures = [];
    now = 1_700_000_000;
    refusals = new Refusals(
      audit,
      () => now,
      (error) => failures.push(error),
    );
  });

  const attempts = async (count: number, address = REFUSED.address) => {
    for (let i = 0; i < count; i += 1) await refusals.record({ ...REFUSED, address });
  };

  it('are in the audit, each with a row of its own', async () => {
    await attempts(2);
    expect(audit.refusals).toEqual([
      { ...REFUSED, leftOut: 0, leftOutElsewhere: 0 },
      { ...REFUSED, leftOut: 0, leftOutElsewhere: 0 },
    ]);
  });

  it('of one address are ten rows a minute; the next row says how many were left out', async () => {
    await attempts(1_000);
    expect(audit.refusals).toHaveLength(10);
    now += 60;
    await attempts(1);
    expect(audit.refusals.at(-1)).toMatchObject({ leftOut: 990 });
    await attempts(1);
    expect(audit.refusals.at(-1)).toMatchObject({ leftOut: 0 });
  });

  it('of one address leave the others their rows', async () => {
    await attempts(50);
    await attempts(1, '203.0.113.8');
    expect(audit.refusals.at(-1)).toMatchObject({ address: '203.0.113.8', leftOut: 0 });
  });

  it('of many addresses are a hundred rows a minute, and none of them is lost count of', async () => {
    const networks = 15_000;
    for (let i = 0; i < networks; i += 1)
      await attempts(1, `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
    expect(audit.refusals).toHaveLength(100);
    now += 60;
    for (let i = 0; i < 100; i += 1) await attempts(1, `172.16.0.${i}`);
    const told = audit.refusals.reduce(
      (sum, { leftOut, leftOutElsewhere }) => sum + 1 + leftOut + leftOutElsewhere,
      0,
    );
    // 10 000 addresses are remembered; what was left out of those is told when they come again.
    expect(told).toBe(networks - 10_000 + 100 + 100);
  });

  it('that could not be written are counted in the next row', async () => {
    audit.failure = new Error('the database is away');
    await attempts(3);
    expect(failures).toHaveLength(3);
    audit.failure = null;
    await attempts(1);
    expect(audit.refusals).toEqual([{ ...REFUSED, leftOut: 3, leftOutElsewhere: 0 }]);
  });
});
