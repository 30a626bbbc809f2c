import { MemoryTokens } from '../../test/support/access';
import { LedgerUnavailable } from '../ledger/ledger';
import { Doorkeeper, LOOK_UP_WITHIN_MS, WRONG_PER_MINUTE } from './doorkeeper';
import { newToken } from './token';

const ADMIN = 'a-token-of-at-least-32-characters';
const HERE = '203.0.113.7';

describe('the doorkeeper', () => {
  let tokens: MemoryTokens;
  let doorkeeper: Doorkeeper;
  let now: number;

  beforeEach(() => {
    tokens = new MemoryTokens();
    now = 1_700_000_060;
    doorkeeper = new Doorkeeper(ADMIN, tokens, () => now);
  });

  const ask = (token: string, address = HERE) => doorkeeper.ask(`Bearer ${token}`, address);
  const wrong = async (count: number) => {
    for (let i = 0; i < count; i += 1) await ask(`guess-${i}`);
  };

  it('knows the token of the environment without asking the database', async () => {
    tokens.failure = new Error('away');
    expect(await ask(ADMIN)).toEqual({
      kind: 'known',
      principal: { id: 'admin', role: 'admin' },
    });
    expect(tokens.looks).toBe(0);
  });

  it('knows a token of the database by its name', async () => {
    expect(await ask(tokens.make('ci', 'editor'))).toEqual({
      kind: 'known',
      principal: { id: 'token:ci', role: 'editor' },
    });
  });

  it('asks the database for every request: what was revoked is refused at once', async () => {
    const token = tokens.make('ci', 'editor');
    await ask(token);
    tokens.take('ci');
    expect(await ask(token)).toEqual({ kind: 'wrong-token' });
  });

  it('asks the database for nothing that cannot be a token', async () => {
    await wrong(3);
    expect(tokens.looks).toBe(0);
    expect(await ask(newToken())).toEqual({ kind: 'wrong-token' });
    expect(tokens.looks).toBe(1);
  });

  it('passes on that the database is away, and does not count the token as wrong', async () => {
    const token = tokens.make('ci', 'viewer');
    tokens.failure = new Error('away');
    for (let i = 0; i < WRONG_PER_MINUTE; i += 1) await expect(ask(token)).rejects.toThrow('away');
    tokens.failure = null;
    expect(await ask(token)).toMatchObject({ kind: 'known' });
  });

  it('waits a while for a database that does not answer, and then says so', async () => {
    jest.useFakeTimers();
    try {
      tokens.use = () => new Promise(() => undefined);
      const asked = expect(ask(newToken())).rejects.toThrow(LedgerUnavailable);
      await jest.advanceTimersByTimeAsync(LOOK_UP_WITHIN_MS);
      await asked;
    } finally {
      jest.useRealTimers();
    }
  });

  it('lets nobody go on guessing: not even a right guess is told until the minute is over', async () => {
    await wrong(WRONG_PER_MINUTE);
    const looks = tokens.looks;
    expect(await ask(newToken())).toEqual({ kind: 'too-many-wrong', retryAfterSeconds: 40 });
    expect(await ask(ADMIN)).toEqual({ kind: 'too-many-wrong', retryAfterSeconds: 40 });
    expect(tokens.looks).toBe(looks);
    now += 40;
    expect(await ask(ADMIN)).toMatchObject({ kind: 'known' });
  });

  it('does not make other addresses wait', async () => {
    await wrong(WRONG_PER_MINUTE);
    expect(await ask(ADMIN, '203.0.113.8')).toMatchObject({ kind: 'known' });
  });

  it('goes on serving those who were right before, who may share the address of a proxy', async () => {
    const token = tokens.make('grafana', 'viewer');
    await ask(token);
    await wrong(WRONG_PER_MINUTE + 5);
    expect(await ask(token)).toMatchObject({ kind: 'known' });
    tokens.take('grafana');
    expect(await ask(token)).toEqual({ kind: 'wrong-token' });
    expect(await ask(token)).toMatchObject({ kind: 'too-many-wrong' });
  });

  it('does not count requests without a token, which guess nothing', async () => {
    for (let i = 0; i < 2 * WRONG_PER_MINUTE; i += 1) await doorkeeper.ask(undefined, HERE);
    expect(await ask(ADMIN)).toMatchObject({ kind: 'known' });
  });
});
