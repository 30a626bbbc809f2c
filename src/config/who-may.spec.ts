import { load, refused } from '../../test/support/load-configuration';

const TOKEN = 'an-admin-token-of-forty-characters-12345';

describe('who may', () => {
  it.each([
    [{}, 'none'],
    [{ HOST: 'localhost' }, 'none'],
    [{ HOST: '::1' }, 'none'],
    [{ HOST: '127.1.2.3' }, 'none'],
    [{ ADMIN_TOKEN: TOKEN }, 'token'],
    [{ ADMIN_TOKEN: TOKEN, AUTH: 'none' }, 'none'],
    [{ HOST: '0.0.0.0', ADMIN_TOKEN: TOKEN }, 'token'],
    [{ HOST: '0.0.0.0', AUTH: 'none', AUTH_NONE_ANYWHERE: 'true' }, 'none'],
  ])('%j: %s', (env, auth) => {
    expect(load(env).config.auth).toBe(auth);
  });

  it.each([
    [
      { HOST: '0.0.0.0' },
      'ADMIN_TOKEN is not set while HOST is "0.0.0.0", not loopback, allowed: a secret of at least 32 characters',
    ],
    [
      { HOST: '::', AUTH: 'none' },
      'AUTH is "none" while HOST is "::", allowed: token, or none on loopback only (AUTH_NONE_ANYWHERE=true lifts this)',
    ],
    [
      { HOST: 'localhost.example', AUTH: 'none', ADMIN_TOKEN: TOKEN },
      'AUTH is "none" while HOST is "localhost.example", allowed: token, or none on loopback only (AUTH_NONE_ANYWHERE=true lifts this)',
    ],
  ])('%j does not start', (env, message) => {
    expect(refused(env)).toEqual([message]);
  });
});
