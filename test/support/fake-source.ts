import {
  type InstantSample,
  type Labels,
  type RangeAsked,
  type Series,
  SeriesSource,
  type SourceHealth,
} from '../../src/collection/series-source';

type Answer = (asked: RangeAsked) => readonly Series[];

/** A source that answers range queries by what occurs in their text; remembers what it was asked. */
export class FakeSource extends SeriesSource {
  readonly asked: { readonly query: string; readonly range: RangeAsked }[] = [];

  constructor(private readonly answers: readonly (readonly [occurs: string, answer: Answer])[]) {
    super();
  }

  override async range(
    _name: string,
    query: string,
    range: RangeAsked,
  ): Promise<readonly Series[]> {
    this.asked.push({ query, range });
    const found = this.answers.find(([occurs]) => query.includes(occurs));
    if (found === undefined) throw new Error(`the test has no answer to ${query}`);
    return found[1](range);
  }

  override async instant(): Promise<readonly InstantSample[]> {
    throw new Error('the test answers no instant queries');
  }

  override async samples(
    _name: string,
    _selector: string,
    _from: number,
    _to: number,
  ): Promise<readonly Series[]> {
    throw new Error('the test answers no questions for samples');
  }

  override async labelSets(): Promise<readonly Labels[]> {
    return [];
  }

  override health(): SourceHealth {
    throw new Error('the test has no health');
  }

  override datasources(): readonly string[] {
    return ['default'];
  }
}

/** Samples of one series at evaluation instants; those that are undefined are left out. */
export function evaluated(
  { from, to, stepSeconds }: RangeAsked,
  valueAt: (at: number) => number | undefined,
  labels: Labels = {},
): Series {
  const at: number[] = [];
  const values: number[] = [];
  for (let instant = from; instant <= to; instant += stepSeconds) {
    const value = valueAt(instant);
    if (value === undefined) continue;
    at.push(instant);
    values.push(value);
  }
  return { labels, at, values };
}
