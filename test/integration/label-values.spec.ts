import fc from 'fast-check';
import { anyOf } from '../../src/promql/quoting';
import { formatSelector, type MatchOperator } from '../../src/promql/selector';
import { someText } from '../support/any-text';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { remoteWrite } from '../support/remote-write';

const STRINGS = 10_000;
const AT_ONCE = 100;

/** The series of each text has its position as value. */
const TEXTS = [...new Set(fc.sample(someText, { numRuns: STRINGS, seed: 20261120 }))];

describe('a real Prometheus that holds ten thousand odd label values', () => {
  const now = Math.floor(Date.now() / 1000);
  let prometheus: RunningPrometheus;

  beforeAll(async () => {
    prometheus = await startPrometheus();
    await remoteWrite(
      prometheus.url,
      TEXTS.map((text, index) => ({
        labels: { __name__: 'odd_total', odd: text },
        samples: [[now, index]],
      })),
    );
  }, 60_000);

  afterAll(() => prometheus.dispose());

  function chunks(): readonly (readonly number[])[] {
    return Array.from({ length: Math.ceil(TEXTS.length / AT_ONCE) }, (_, chunk) =>
      TEXTS.slice(chunk * AT_ONCE, (chunk + 1) * AT_ONCE).map(
        (__, index) => chunk * AT_ONCE + index,
      ),
    );
  }

  function series(op: MatchOperator, value: string): string {
    return formatSelector({ metric: 'odd_total', matchers: [{ label: 'odd', op, value }] });
  }

  async function ask(query: string): Promise<readonly number[]> {
    const answer = await fetch(`${prometheus.url}/api/v1/query`, {
      method: 'POST',
      body: new URLSearchParams({ query, time: String(now) }),
    });
    const body = (await answer.json()) as {
      readonly error?: string;
      readonly data?: { readonly result: readonly { readonly value: readonly [number, string] }[] };
    };
    if (body.data === undefined) throw new Error(`${body.error ?? 'no error'}: ${query}`);
    return body.data.result.map(({ value }) => Number(value[1])).sort((a, b) => a - b);
  }

  it('finds by a quoted value the series that has it, and no other', async () => {
    expect(TEXTS.length).toBeGreaterThan(STRINGS / 2);
    for (const chunk of chunks()) {
      const query = chunk.map((index) => series('=', TEXTS[index] ?? '')).join(' or ');
      expect(await ask(query)).toEqual(chunk);
    }
  }, 60_000);

  it('finds by a pattern of values the series that have one of them, and no other', async () => {
    for (const chunk of chunks()) {
      const query = series('=~', anyOf(chunk.map((index) => TEXTS[index] ?? '')));
      expect(await ask(query)).toEqual(chunk);
    }
  }, 60_000);
});
