import type { ExclusionPage, ExclusionView } from '../../../../src/exclusions/exclusions.dto';
import type { MarkerPage } from '../../../../src/exclusions/markers.dto';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { groupText } from '../../figures/group-text';
import { told } from '../../figures/told';
import { isLink } from '../../kit/is-link';
import { ShowMore } from '../../kit/show-more';
import { Shown } from '../../kit/states';
import { say } from '../../words/say';
import type { Asking } from './address';
import { MarkerSample } from './charts/legend';
import { DETAIL_WORDS } from './detail-words';
import css from './details.module.css';

/** All of them stand on a page of their own. */
const LISTED = 100;

/** Time that is not counted, and what happened beside. */
export function Events({ asking: { slo } }: { readonly asking: Asking }) {
  const words = say(DETAIL_WORDS);
  const about = `slo=${encodeURIComponent(slo)}&limit=${String(LISTED)}`;
  const exclusions = useAnswer<ExclusionPage>(`/api/v1/exclusions?${about}`, { follows: tick });
  const markers = useAnswer<MarkerPage>(`/api/v1/markers?${about}`, { follows: tick });
  return (
    <div class={css['columns']}>
      <section class={css['part']}>
        <h2>{words.exclusions}</h2>
        <Shown of={exclusions}>
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <p>{words.noExclusions}</p>
            ) : (
              <>
                <Exclusions items={items} />
                <ShowMore cursor={nextCursor} limit={LISTED} />
              </>
            )
          }
        </Shown>
      </section>
      <section class={css['part']}>
        <h2>{words.markers}</h2>
        <Shown of={markers}>
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <p>{words.noMarkers}</p>
            ) : (
              <>
                <Markers items={items} />
                <ShowMore cursor={nextCursor} limit={LISTED} />
              </>
            )
          }
        </Shown>
      </section>
      <p>
        <a href="/exclusions">{words.toExclusions}</a>
      </p>
    </div>
  );
}

function Exclusions({ items }: { readonly items: readonly ExclusionView[] }) {
  const words = say(DETAIL_WORDS);
  const figures = told.value;
  return (
    <ul class={css['list']}>
      {items.map((exclusion) => {
        const { id, from, to, rrule, reason, author, state, treatment, origin, group } = exclusion;
        return (
          <li key={id} class={state === 'revoked' ? css['revoked'] : undefined}>
            <strong>
              <bdi>{reason}</bdi>
            </strong>
            <span>
              {figures.nearInstant(from)}
              {to === null ? '' : ` – ${figures.nearInstant(to)}`}
              {rrule === null ? '' : ` · ${rrule}`}
            </span>
            <span class={css['soft']}>
              {words.states[state]} · {words.treatments[treatment]} ·{' '}
              <bdi>{origin === 'definition' ? words.fromDefinition : words.byWhom(author)}</bdi>
              {group !== null && (
                <>
                  {' · '}
                  <bdi>{groupText(group)}</bdi>
                </>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Markers({ items }: { readonly items: MarkerPage['items'] }) {
  const words = say(DETAIL_WORDS);
  const figures = told.value;
  return (
    <ul class={css['list']}>
      {items.map(({ id, kind, at, end, text, link, createdBy }) => (
        <li key={id}>
          <strong class={css['marker']}>
            <MarkerSample kind={kind} />
            <bdi>{text}</bdi>
          </strong>
          <span>
            {figures.nearInstant(at)}
            {end === null ? '' : ` – ${figures.nearInstant(end)}`}
          </span>
          <span class={css['soft']}>
            <bdi>{words.byWhom(createdBy)}</bdi>
            {link !== null && isLink(link) && (
              <>
                {' · '}
                <a href={link} target="_blank" rel="noopener noreferrer">
                  {words.link}
                </a>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
