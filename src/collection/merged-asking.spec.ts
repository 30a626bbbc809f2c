import { type MergedSelector, mergeSelectors } from '../promql/merge-selectors';
import { formatSelector, parseSelector } from '../promql/selector';
import { askMerged } from './merged-asking';
import { type SourceFailureKind, SourceFailure } from './series-source';

const JOBS = Array.from({ length: 1_000 }, (_, k) => `job-${k}`);
const BROKEN = 'job-617';

const selectorOf = (job: string) => parseSelector(`m{job="${job}"}`);

/** Who was told of a failure, and how many questions it took. */
async function asked(kind: SourceFailureKind, answersOthers: boolean) {
  let questions = 0;
  const ask = async (merged: MergedSelector) => {
    questions += 1;
    const members = [...merged.members.values()].map(formatSelector);
    if (members.includes(formatSelector(selectorOf(BROKEN))))
      throw new SourceFailure(kind, 'default', 'is broken');
    return [...merged.members.keys()].map((job) => ({ labels: { job } }));
  };
  const merged = mergeSelectors(JOBS.map(selectorOf), 100_000);
  expect(merged).toHaveLength(1);
  const answers = await askMerged(merged, ask, () => Promise.resolve(answersOthers));
  const of = (job: string) => answers.get(formatSelector(selectorOf(job)));
  return { failed: JOBS.filter((job) => of(job) instanceof SourceFailure), questions };
}

describe('a merged question of which one member is broken', () => {
  it.each(['rejected', 'too_much'] as const)(
    'is halved until that one stands alone (%s)',
    async (kind) => {
      expect((await asked(kind, true)).failed).toEqual([BROKEN]);
    },
  );

  it('is cut into many where it comes to no end, which each time takes a deadline', async () => {
    const { failed, questions } = await asked('unavailable', true);
    expect(failed).toEqual([BROKEN]);
    expect(questions).toBeLessThanOrEqual(1 + 32 + 32);
  });

  it('is not asked again of a source that answers nobody', async () => {
    const { failed, questions } = await asked('unavailable', false);
    expect(failed).toEqual(JOBS);
    expect(questions).toBe(1);
  });

  it('is not asked again without credentials', async () => {
    expect((await asked('forbidden', true)).questions).toBe(1);
  });
});
