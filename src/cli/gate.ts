import { coloured, type Colour, coloursWanted } from './colours';
import { CouldNotRun } from './could-not-run';
import { callService, detailOf, refusal, serviceAt } from './service-client';

export interface GateOptions {
  readonly url: string;
  /** `name=value`, more than one for several. */
  readonly label?: readonly string[];
  readonly json?: boolean;
}

/** What the command line reads of an answer: of one SLO, or of several. */
export interface GateAnswer {
  readonly mayDeploy: boolean;
  readonly state: string;
  readonly explanation: string;
  readonly gates?: readonly (GateAnswer & { readonly slo: string })[];
}

const TARGET = /^[^/\s]+(\/[^/\s]+)?$/;
const COLOURS: Readonly<Record<string, Colour>> = {
  frozen: 'red',
  unknown: 'gray',
  slow: 'yellow',
  overridden: 'yellow',
  open: 'green',
};

/**
 * `slowburn gate`: may we deploy, by one SLO or by all of a service? 0 yes, 1 no.
 *
 * @throws CouldNotRun when the service cannot say: a pipeline must not take that for a yes
 */
export async function gate(target: string, options: GateOptions): Promise<number> {
  if (!TARGET.test(target)) {
    throw new CouldNotRun(
      `the target is ${JSON.stringify(target)}, allowed: SERVICE/NAME for one SLO, or SERVICE for all of its`,
    );
  }
  const service = serviceAt(options.url);
  const { status, body } = await callService(service, {
    method: 'GET',
    path: pathOf(target, options),
  });
  if ((status !== 200 && status !== 409) || !isAnswer(body)) {
    if (status === 404 || status === 422) throw new CouldNotRun(detailOf(body));
    throw refusal(service, status, body);
  }
  console.log(options.json === true ? JSON.stringify(body) : gateText(body, coloursWanted()));
  return body.mayDeploy ? 0 : 1;
}

/** A line for each SLO, the worst first. */
export function gateText(answer: GateAnswer, colours: boolean): string {
  const lines = (answer.gates ?? [answer]).map(({ state, explanation }) => {
    const colour = COLOURS[state];
    const word = state.toUpperCase().padEnd(10);
    return `${colours && colour !== undefined ? coloured(word, colour) : word}  ${explanation}`;
  });
  return [...lines, answer.mayDeploy ? 'May deploy.' : 'May not deploy.'].join('\n');
}

function pathOf(target: string, { label = [] }: GateOptions): string {
  const [service = '', name] = target.split('/');
  const query = new URLSearchParams(name === undefined ? { service } : {});
  for (const each of label) {
    const [key, value] = splitLabel(each);
    query.append(`label.${key}`, value);
  }
  const path =
    name === undefined
      ? '/api/v1/gate'
      : `/api/v1/slos/${encodeURIComponent(service)}/${encodeURIComponent(name)}/gate`;
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

function splitLabel(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new CouldNotRun(`--label is ${JSON.stringify(text)}, allowed: NAME=VALUE`);
}

function isAnswer(body: unknown): body is GateAnswer {
  return (
    typeof body === 'object' &&
    body !== null &&
    'mayDeploy' in body &&
    typeof body.mayDeploy === 'boolean' &&
    'explanation' in body
  );
}
