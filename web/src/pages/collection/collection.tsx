import type { CollectionView } from '../../../../src/collection/collection-views';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { told } from '../../figures/told';
import { Hint } from '../../kit/hint';
import { Page as Framed } from '../../kit/page';
import { type Fact, Facts, Note } from '../../kit/section';
import { Shown } from '../../kit/states';
import { say } from '../../words/say';
import { isBehind } from './advice';
import { History } from './history';
import { Queries } from './queries';
import { Sources } from './sources';
import { TroubleList } from './trouble-list';
import { WORDS } from './words';

/** How reading is going, and what to do where it is not. */
export function Page() {
  const words = say(WORDS);
  const answer = useAnswer<CollectionView>('/api/v1/collection', { follows: tick });
  return (
    <Framed title={words.title}>
      <Note>
        {words.about} <Hint label={words.facts.lag}>{words.factsAbout}</Hint>
      </Note>
      <Shown of={answer}>
        {(collection) => (
          <>
            <Facts facts={factsOf(collection)} />
            <TroubleList collection={collection} />
            <Sources sources={collection.sources} />
            <History backfill={collection.backfill} />
            <Queries queries={collection.queries} />
          </>
        )}
      </Shown>
    </Framed>
  );
}

function factsOf(collection: CollectionView): readonly Fact[] {
  const { facts, upToDate } = say(WORDS);
  const figures = told.value;
  const { slos, streams, queriesPerTick, lagSeconds, missedSteps } = collection;
  const isOnTime = lagSeconds !== null && !isBehind(collection);
  return [
    { title: facts.slos, value: figures.count(slos) },
    { title: facts.streams, value: figures.count(streams) },
    { title: facts.queries, value: figures.count(queriesPerTick) },
    { title: facts.lag, value: isOnTime ? upToDate : figures.duration(lagSeconds) },
    { title: facts.missed, value: figures.count(missedSteps) },
  ];
}
