import { type TokenRow, tokenTable } from './token-table';

const ROW: TokenRow = {
  id: 'f2a4f4f1-2b0f-4a5f-9d5c-0c1ff2f6a111',
  name: 'ci',
  role: 'editor',
  state: 'active',
  createdAt: '2026-11-20T18:35:12.345Z',
  createdBy: 'admin',
  expiresAt: null,
  lastUsedAt: '2026-11-20T19:01:59.000Z',
};

describe('the table of tokens', () => {
  it('has a line per token, cut to the minute', () => {
    const old = { ...ROW, name: 'grafana', role: 'viewer', state: 'expired' as const };
    const expired = { ...old, expiresAt: '2026-12-24T00:00:00.000Z', lastUsedAt: null };
    expect(tokenTable([ROW, expired], false)).toBe(
      [
        'NAME     ROLE    STATE    CREATED            BY     EXPIRES            LAST USED',
        'ci       editor  active   2026-11-20 18:35Z  admin  never              2026-11-20 19:01Z',
        'grafana  viewer  expired  2026-11-20 18:35Z  admin  2026-12-24 00:00Z  never',
      ].join('\n'),
    );
  });

  it('colours the state, and nothing where no colours are wanted', () => {
    expect(tokenTable([ROW], true)).toContain('\u001b[32mactive\u001b[39m');
    expect(tokenTable([ROW], false)).not.toContain('\u001b');
  });

  it('says so when there are none', () => {
    expect(tokenTable([], false)).toBe('There are no tokens but ADMIN_TOKEN.');
  });
});
