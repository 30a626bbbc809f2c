import { coloursWanted } from './colours';
import { callService, detailOf, fetchAll, refusal, serviceAt } from './service-client';
import { type TokenRow, tokenTable } from './token-table';

const TOKENS = '/api/v1/tokens';
/** To the eye; `token list` has them all. */
const NAMES_SHOWN = 20;

export interface TokenOptions {
  readonly url: string;
  readonly json?: boolean;
}

export interface NewTokenOptions extends TokenOptions {
  readonly name: string;
  readonly role: string;
  readonly expires?: string;
}

/** `slowburn token create`: the token alone on stdout, so that a script can keep it. */
export async function createToken(options: NewTokenOptions): Promise<number> {
  const { name, role, expires } = options;
  const service = serviceAt(options.url);
  const { status, body } = await callService(service, {
    method: 'POST',
    path: TOKENS,
    body: {
      type: 'application/json',
      text: JSON.stringify({ name, role, ...(expires !== undefined && { expiresIn: expires }) }),
    },
  });
  if (status === 409) return no(body, options);
  if (status !== 201 || !isCreated(body)) throw refusal(service, status, body);
  if (options.json === true) {
    console.log(JSON.stringify(body));
    return 0;
  }
  const until = body.expiresAt === null ? 'until it is revoked' : `until ${body.expiresAt}`;
  console.error(`${body.name} may act as ${body.role} ${until}. The token is shown only now:`);
  console.log(body.token);
  return 0;
}

/** `slowburn token list`: all of them, without what they are. */
export async function listTokens(options: TokenOptions): Promise<number> {
  const items = await fetchAll<TokenRow>(serviceAt(options.url), TOKENS);
  console.log(
    options.json === true ? JSON.stringify({ items }) : tokenTable(items, coloursWanted()),
  );
  return 0;
}

/** `slowburn token revoke`: 1 when there is no such token. */
export async function revokeToken(named: string, options: TokenOptions): Promise<number> {
  const service = serviceAt(options.url);
  const known = await fetchAll<TokenRow>(service, TOKENS);
  const found = known.find(({ id, name }) => name === named || id === named);
  if (found === undefined) {
    const names = known.filter(({ state }) => state !== 'revoked').map(({ name }) => name);
    const shown =
      names.slice(0, NAMES_SHOWN).join(', ') + (names.length > NAMES_SHOWN ? ', …' : '');
    const allowed = names.length === 0 ? 'there are none' : `allowed: ${shown}`;
    return no({ detail: `There is no token ${JSON.stringify(named)}, ${allowed}.` }, options);
  }
  const { status, body } = await callService(service, {
    method: 'DELETE',
    path: `${TOKENS}/${found.id}`,
  });
  if (status !== 200) throw refusal(service, status, body);
  if (options.json === true) console.log(JSON.stringify(body));
  else if (found.state === 'revoked') console.log(`${found.name} was revoked before.`);
  else console.log(`${found.name} is revoked.`);
  return 0;
}

function no(body: unknown, { json }: TokenOptions): number {
  if (json === true) console.log(JSON.stringify(body));
  else console.error(detailOf(body));
  return 1;
}

function isCreated(body: unknown): body is TokenRow & { readonly token: string } {
  return typeof body === 'object' && body !== null && 'token' in body;
}
