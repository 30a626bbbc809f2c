import type { Config } from './config';
import type { Environment } from './environment';
import { isIP } from 'node:net';
import { hostOf, isLoopback } from './addresses';

const SHORTEST_TOKEN = 32;
/** Where a server listens on every address; nobody is called so. */
const UNSPECIFIED = ['0.0.0.0', '::'];

/**
 * Who may: nobody is asked on loopback unless a token is set; everywhere else a token is wanted,
 * and doing without one must be said twice (AUTH and AUTH_NONE_ANYWHERE).
 */
export function readAuthentication(
  environment: Environment,
  host: string,
): Pick<Config, 'auth' | 'adminToken'> {
  const adminToken = readToken(environment);
  const written = environment.text('AUTH');
  if (written === 'oidc') {
    environment.complain('AUTH is "oidc", which is not supported yet, allowed: none, token');
    return { auth: 'token', adminToken };
  }
  const open = isLoopback(host);
  const auth = environment.choice(
    'AUTH',
    ['none', 'token'],
    open && adminToken === null ? 'none' : 'token',
  );
  const anywhere = environment.choice('AUTH_NONE_ANYWHERE', ['true', 'false'], 'false');
  if (auth === 'none' && !open && anywhere !== 'true') {
    environment.complain(
      `AUTH is "none" while HOST is ${JSON.stringify(host)}, allowed: token, or none on loopback only (AUTH_NONE_ANYWHERE=true lifts this)`,
    );
  }
  if (auth === 'token' && environment.text('ADMIN_TOKEN') === null) {
    const why =
      written === null ? `HOST is ${JSON.stringify(host)}, not loopback` : 'AUTH is "token"';
    environment.complain(
      `ADMIN_TOKEN is not set while ${why}, allowed: a secret of at least ${SHORTEST_TOKEN} characters`,
    );
  }
  return { auth, adminToken };
}

/**
 * The host itself and that of the address where people reach it, with what ALLOWED_HOSTS names: the
 * names by which a proxy, or Prometheus beside it, calls a service that asks for no tokens.
 */
export function readCalledBy(
  environment: Environment,
  host: string,
  externalUrl: string,
): Config['calledBy'] {
  const names = new Set([host.toLowerCase(), ...(externalUrl === '' ? [] : [hostOf(externalUrl)])]);
  for (const written of environment.text('ALLOWED_HOSTS')?.split(',') ?? []) {
    const name = written
      .trim()
      .replace(/^\[(.*)\]$/, '$1')
      .replace(/\.$/, '')
      .toLowerCase();
    if (isIP(name) !== 0 || /^[\da-z_-]+(\.[\da-z_-]+)*$/.test(name)) names.add(name);
    else
      environment.refuse(
        'ALLOWED_HOSTS',
        written.trim(),
        'host names without port, such as slo.example.com, separated by commas',
      );
  }
  return {
    names: [...names].filter((name) => !isLoopback(name) && !UNSPECIFIED.includes(name)),
    anyAddress: !isLoopback(host),
  };
}

function readToken(environment: Environment): string | null {
  const token = environment.text('ADMIN_TOKEN');
  if (token === null) return null;
  if (token.length < SHORTEST_TOKEN) {
    environment.complain(
      `ADMIN_TOKEN has ${token.length} characters, allowed: at least ${SHORTEST_TOKEN}`,
    );
  } else if (!/^[\x21-\x7e]+$/.test(token)) {
    environment.complain(
      'ADMIN_TOKEN holds spaces or characters outside ASCII, which no header carries, allowed: printable ASCII',
    );
  }
  return token;
}
