import { JoiningSource } from './joining-source';
import { PassingSource } from './passing-source';
import type { SeriesSource } from './series-source';
import { type InstantSample, type SourceFailureKind, SourceFailure } from './series-source';
import { Suspects } from './suspects';
import { FakeSource } from '../../test/support/fake-source';

/** Answers every query of a lot with its own text; some it refuses, alone and in company. */
class Answering extends PassingSource {
  readonly asked: string[] = [];
  private answered = 0;

  constructor(private readonly refused: ReadonlyMap<string, SourceFailureKind> = new Map()) {
    super(new FakeSource([]));
  }

  override async instant(datasource: string, query: string): Promise<readonly InstantSample[]> {
    this.asked.push(query);
    for (const [text, kind] of this.refused) {
      if (query.includes(text)) throw new SourceFailure(kind, datasource, `${text} is refused`);
    }
    this.answered += 1;
    const lot = [...query.matchAll(/label_replace\(\n(\w+)\n, "slowburn_query", "(\d+)"/g)];
    if (lot.length === 0) return [{ labels: { of: query }, value: 1 }];
    return lot.map(([, of = '', index = '']) => {
      return { labels: { of, slowburn_query: index }, value: 1 };
    });
  }

  override health(): ReturnType<SeriesSource['health']> {
    return {
      up: true,
      error: null,
      lastAnswerAt: this.answered,
      clockSkewSeconds: null,
      queries: { success: 0, unavailable: 0, rejected: 0, too_much: 0, forbidden: 0, partial: 0 },
    };
  }
}

const names = (count: number) => Array.from({ length: count }, (_, k) => `q${k}x`);

const askAll = (source: SeriesSource, queries: readonly string[]) =>
  Promise.allSettled(queries.map((query) => source.instant('default', query, 60)));

describe('questions of the same moment', () => {
  it('go as one, and each gets its own answer back', async () => {
    const answering = new Answering();
    const answers = await askAll(new JoiningSource(answering), names(10));
    expect(answering.asked).toHaveLength(1);
    expect(answers).toEqual(
      names(10).map((of) => ({ status: 'fulfilled', value: [{ labels: { of }, value: 1 }] })),
    );
  });

  it('go as they are when there is only one', async () => {
    const answering = new Answering();
    await askAll(new JoiningSource(answering), ['q0x']);
    expect(answering.asked).toEqual(['q0x']);
  });

  it('of another instant or source go apart', async () => {
    const answering = new Answering();
    const joining = new JoiningSource(answering);
    await Promise.all([
      joining.instant('default', 'a', 60),
      joining.instant('default', 'b', 120),
      joining.instant('other', 'c', 60),
    ]);
    expect([...answering.asked].sort()).toEqual(['a', 'b', 'c']);
  });

  it.each(['rejected', 'too_much', 'partial'] as const)(
    'that cannot be answered (%s) cost the others of their lot nothing',
    async (kind) => {
      const answering = new Answering(new Map([['q5x', kind]]));
      const answers = await askAll(new JoiningSource(answering), names(16));
      expect(answers.map(({ status }) => status)).toEqual(
        names(16).map((name) => (name === 'q5x' ? 'rejected' : 'fulfilled')),
      );
      expect(answering.asked.length).toBeLessThanOrEqual(1 + 2 * 4);
    },
  );

  it.each([
    ['the source answered another lot', 32],
    ['the source would answer others, though none were asked', 16],
  ])('are asked one by one when their lot came to no end while %s', async (_, count) => {
    const answering = new Answering(new Map([['q5x', 'unavailable']]));
    const answers = await askAll(new JoiningSource(answering), names(count));
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });

  it('that held up their lot go alone from then on, until they are answered', async () => {
    const hanging = new Map<string, SourceFailureKind>([['q5x', 'unavailable']]);
    const answering = new Answering(hanging);
    const suspects = new Suspects();
    const nextTick = async () => {
      answering.asked.length = 0;
      await askAll(new JoiningSource(answering, suspects), names(16));
      return [...answering.asked].sort().map((query) => (query.length > 10 ? 'lot' : query));
    };
    expect(await nextTick()).toHaveLength(1 + 1 + 16);
    expect(await nextTick()).toEqual(['lot', 'q5x']);
    hanging.clear();
    expect(await nextTick()).toEqual(['lot', 'q5x']);
    expect(await nextTick()).toEqual(['lot']);
  });

  it('are not asked again when the source is away', async () => {
    const answering = new Answering(new Map([['', 'unavailable']]));
    const answers = await askAll(new JoiningSource(answering), names(16));
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    expect(answering.asked.slice(1)).toEqual(['vector(1)']);
  });
});
