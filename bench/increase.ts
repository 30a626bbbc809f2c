const TOTAL = 'http_requests_total{job="api"}';
const BAD = 'http_requests_total{job="api",status=~"5.."}';

export interface Counted {
  readonly total: number;
  readonly bad: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What rule generators do: `sum(increase(…[slot]))` at the end of every slot, added up. */
export async function increaseSummed(
  url: string,
  span: Span,
  slotSeconds: number,
): Promise<Counted> {
  const summed = async (selector: string) => {
    const values = await everySlot(url, span, slotSeconds, increaseOf(selector, slotSeconds));
    return values.reduce((total, value) => total + value, 0);
  };
  return { total: await summed(TOTAL), bad: await summed(BAD) };
}

/** What a dashboard of recorded ratios does: the mean of every slot's error ratio. */
export async function ratioAveraged(url: string, span: Span, slotSeconds: number): Promise<number> {
  const [bad, total] = [increaseOf(BAD, slotSeconds), increaseOf(TOTAL, slotSeconds)];
  const ratios = await everySlot(url, span, slotSeconds, `(${bad} or vector(0)) / ${total}`);
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

/** Relative errors: -0.25 has missed a quarter. */
export function offBy(counted: Counted, truth: Counted) {
  return {
    badRatio: counted.bad / truth.bad - 1,
    totalRatio: counted.total / truth.total - 1,
  };
}

function increaseOf(selector: string, slotSeconds: number): string {
  return `sum(increase(${selector}[${slotSeconds}s]))`;
}

async function everySlot(
  url: string,
  { from, to }: Span,
  slotSeconds: number,
  query: string,
): Promise<readonly number[]> {
  const answer = await fetch(`${url}/api/v1/query_range`, {
    method: 'POST',
    body: new URLSearchParams({
      query,
      start: String(from + slotSeconds),
      end: String(to),
      step: String(slotSeconds),
    }),
  });
  if (!answer.ok) throw new Error(`${query}: ${await answer.text()}`);
  const body = (await answer.json()) as {
    readonly data: { readonly result: readonly { values: readonly [number, string][] }[] };
  };
  return (body.data.result[0]?.values ?? []).map(([, value]) => Number(value));
}
