import { createHash } from 'node:crypto';
import { bearerOf, digestOf, isTokenShaped, newToken, withoutTokens } from './token';

describe('a token', () => {
  it('says that it is one, holds 256 bits, and is never made twice', () => {
    const tokens = Array.from({ length: 200 }, newToken);
    expect(new Set(tokens).size).toBe(200);
    for (const token of tokens) {
      expect(token).toMatch(/^sb_[\w-]{43}$/);
      expect(Buffer.from(token.slice(3), 'base64url')).toHaveLength(32);
      expect(isTokenShaped(token)).toBe(true);
    }
  });

  it('is kept as its SHA-256', () => {
    expect(digestOf('sb_x').toString('hex')).toBe(
      createHash('sha256').update('sb_x').digest('hex'),
    );
  });

  it.each(['', 'sb_', 'sb_short', `sb_${'x'.repeat(44)}`, `xx_${'x'.repeat(43)}`])(
    'does not look like %p',
    (text) => {
      expect(isTokenShaped(text)).toBe(false);
    },
  );

  it.each([
    ['Bearer abc', 'abc'],
    ['bearer   abc  ', 'abc'],
    ['Bearer', null],
    ['Bearer a b', null],
    ['Basic abc', null],
    [undefined, null],
  ])('is read of the header %p as %p', (header, token) => {
    expect(bearerOf(header)).toBe(token);
  });

  it('is blotted out of a text, wherever it stands, whole or cut', () => {
    const token = 'sb_Zm9vYmFyYmF6cXV4-_0123456789abcdefghijklmno';
    expect(withoutTokens(`GET /${token}/x and ${token.slice(0, 25)}`)).toBe(
      'GET /sb_[redacted]/x and sb_[redacted]',
    );
    const lines = JSON.stringify({ text: `first\n${newToken()}\n` });
    expect(withoutTokens(lines)).toBe(JSON.stringify({ text: 'first\nsb_[redacted]\n' }));
  });

  it.each(['sb_', 'sb_messages_received_total', 'node_usb_devices_connected_total'])(
    'is not what %s is',
    (name) => {
      expect(withoutTokens(name)).toBe(name);
    },
  );

  it('is blotted out whatever chance made it', () => {
    for (let i = 0; i < 5_000; i += 1) {
      expect(withoutTokens(newToken())).toBe('sb_[redacted]');
    }
  });
});
