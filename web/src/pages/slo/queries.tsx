import type { SentQueryView, SloQueriesView } from '../../../../src/collection/slo-queries.dto';
import { useAnswer } from '../../api/answers';
import { told } from '../../figures/told';
import { Empty, Shown } from '../../kit/states';
import { say } from '../../words/say';
import { Code } from './code';
import { DETAIL_WORDS } from './detail-words';
import css from './details.module.css';

/** What the data source is asked for this SLO, each to be tried there. */
export function Queries({ slo }: { readonly slo: string }) {
  const queries = useAnswer<SloQueriesView>(`/api/v1/slos/${slo}/queries`);
  return <Shown of={queries}>{(view) => <Asked view={view} />}</Shown>;
}

function Asked({ view }: { readonly view: SloQueriesView }) {
  const words = say(DETAIL_WORDS);
  const { reason, datasource, address, plain, alone, sent } = view;
  if (reason !== null) return <Empty title={words.noQueries}>{told.value.sentence(reason)}</Empty>;
  return (
    <div class={css['part']}>
      <p class={css['intro']}>
        <bdi>{words.source(datasource, address ?? words.unknownAddress)}</bdi>
      </p>
      <h2>{words.plain}</h2>
      <p class={css['intro']}>{words.plainAbout}</p>
      {plain.map(({ of, query, link }) => (
        <Query key={of} title={words.of[of]} query={query} link={link} />
      ))}
      <h2>{words.alone}</h2>
      <Sent queries={alone} />
      <h2>{words.sent}</h2>
      <p class={css['intro']}>{words.sentAbout}</p>
      <Sent queries={sent} />
    </div>
  );
}

function Sent({ queries }: { readonly queries: readonly SentQueryView[] }) {
  const words = say(DETAIL_WORDS);
  return (
    <>
      {queries.map(({ kind, query, slos, link }) => {
        const shared = slos > 1 ? `, ${words.shared(told.value.count(slos))}` : '';
        return <Query key={query} title={words.kinds[kind] + shared} query={query} link={link} />;
      })}
    </>
  );
}

interface Props {
  readonly title: string;
  readonly query: string;
  readonly link: string | null;
}

function Query({ title, query, link }: Props) {
  const words = say(DETAIL_WORDS);
  return (
    <section class={css['query']}>
      <p class={css['queryHead']}>
        <strong>{title}</strong>
        {link === null ? (
          <span class={css['soft']}>{words.noLink}</span>
        ) : (
          <a href={link} target="_blank" rel="noopener noreferrer">
            {words.openSource}
          </a>
        )}
      </p>
      <Code text={query} />
    </section>
  );
}
