import type { EpisodesView, EpisodeView } from '../../../../src/slos/episode-view.dto';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { told } from '../../figures/told';
import { Button } from '../../kit/button';
import { Empty, Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { goToQuery } from '../../router/place';
import { say } from '../../words/say';
import { askedPath, type Asking } from './address';
import { CHARTS_ID } from './charts/charts-id';
import { MarkerSample } from './charts/legend';
import { DETAIL_WORDS } from './detail-words';
import css from './details.module.css';
import { rangeQuery, snapped } from './span';

/** What spent the budget of the window that ends now, the largest part first. */
export function Episodes({ asking }: { readonly asking: Asking }) {
  const path = askedPath(asking, 'episodes', { limit: '10' });
  const episodes = useAnswer<EpisodesView>(path, { follows: tick });
  return <Shown of={episodes}>{(view) => <List view={view} />}</Shown>;
}

function List({ view }: { readonly view: EpisodesView }) {
  const words = say(DETAIL_WORDS);
  const figures = told.value;
  const { items, count, episodes, rest, reason } = view;
  if (items.length === 0) {
    return (
      <Empty title={words.noEpisodes}>
        {words.noEpisodesText(figures.consumed(rest.shareRatio))}
      </Empty>
    );
  }
  return (
    <div class={css['part']}>
      <p class={css['intro']}>
        {reason === null
          ? words.episodesIntro(
              figures.consumed(episodes.shareRatio),
              figures.consumed(rest.shareRatio),
            )
          : `${words.shareUnknown}: ${figures.sentence(reason)}`}
      </p>
      <Table
        caption={words.episodes}
        rows={items}
        keyOf={({ start }) => start}
        columns={[
          {
            key: 'when',
            title: words.when,
            isName: true,
            cell: (row) => <When row={row} to={view.to} />,
          },
          {
            key: 'lasted',
            title: words.lasted,
            isFigure: true,
            cell: ({ durationSeconds, end }) =>
              figures.duration(durationSeconds) + (end === null ? ` · ${words.ongoing}` : ''),
          },
          {
            key: 'share',
            title: words.share,
            isFigure: true,
            cell: ({ shareRatio }) => <strong>{figures.consumed(shareRatio)}</strong>,
          },
          { key: 'bad', title: words.bad, isFigure: true, cell: (row) => <Bad row={row} /> },
          {
            key: 'peak',
            title: words.peak,
            isFigure: true,
            cell: ({ peakBurnRate }) => figures.burn(peakBurnRate),
          },
          { key: 'beside', title: words.beside, cell: (row) => <Beside row={row} /> },
        ]}
      />
      {count > items.length && (
        <p class={css['intro']}>{words.more(figures.count(count - items.length))}</p>
      )}
    </div>
  );
}

/** The charts show an episode with as much before and after it. */
function When({ row: { start, end }, to }: { readonly row: EpisodeView; readonly to: string }) {
  const words = say(DETAIL_WORDS);
  const [from, until] = [Date.parse(start), Date.parse(end ?? to)];
  return (
    <Button
      kind="quiet"
      class={css['textual']}
      title={words.show}
      onClick={() => {
        const around = Math.max(until - from, LEAST_AROUND_MS);
        const last = Math.min(until + around, Date.parse(to));
        goToQuery(rangeQuery(snapped({ from: from - around, to: last })));
        document.getElementById(CHARTS_ID)?.scrollIntoView({ block: 'start' });
      }}
    >
      {told.value.nearInstant(start)}
    </Button>
  );
}

const LEAST_AROUND_MS = 3_600_000;

function Bad({ row: { bad, raw } }: { readonly row: EpisodeView }) {
  const words = say(DETAIL_WORDS);
  const figures = told.value;
  return (
    <>
      {figures.count(bad)}
      {raw.bad !== bad && (
        <>
          <br />
          <span class={css['soft']}>{words.badSeen(figures.count(raw.bad))}</span>
        </>
      )}
    </>
  );
}

/** What overlaps: people's decisions and what happened. */
function Beside({ row: { exclusions, markers } }: { readonly row: EpisodeView }) {
  const words = say(DETAIL_WORDS);
  return (
    <ul class={css['beside']}>
      {exclusions.map(({ id, reason, author }) => (
        <li key={id}>
          <span class={css['hatch']} aria-hidden="true" />
          <bdi>{words.excludedBecause(reason, author)}</bdi>
        </li>
      ))}
      {markers.map(({ id, kind, text, at }) => (
        <li key={id}>
          <MarkerSample kind={kind} />
          <span>
            <bdi>{text}</bdi> <span class={css['soft']}>{told.value.clock(at)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
