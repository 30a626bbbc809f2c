import { useState } from 'preact/hooks';
import type { MarkerPage, MarkerView } from '../../../../src/exclusions/markers.dto';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { useSteady } from '../../api/steady';
import { MarkerDialog } from '../../exclusions/marker-dialog';
import { MARKER_WORDS } from '../../exclusions/marker-words';
import { spanText } from '../../figures/span-text';
import { told } from '../../figures/told';
import { ButtonFor } from '../../kit/button';
import { hostOf, isLink } from '../../kit/is-link';
import { Note, Section } from '../../kit/section';
import { ShowMore, useLimit } from '../../kit/show-more';
import { Empty, Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { Tag } from '../../kit/tag';
import { say } from '../../words/say';
import css from './exclusions.module.css';
import { WORDS } from './words';

const MARKERS = '/api/v1/markers';
const PORTION = 100;

/** The latest first. */
export function Markers() {
  const words = say(WORDS);
  const [isAdding, setAdding] = useState(false);
  const { limit, more } = useLimit(PORTION);
  const path = `${MARKERS}?limit=${String(limit)}`;
  const answer = useSteady(MARKERS, useAnswer<MarkerPage>(path, { follows: tick }));
  return (
    <Section
      title={words.markers}
      aside={
        <ButtonFor
          role="editor"
          onClick={() => {
            setAdding(true);
          }}
        >
          {say(MARKER_WORDS).addMarker}
        </ButtonFor>
      }
    >
      <Note>{words.markersAbout}</Note>
      <Shown of={answer}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <Empty title={words.noMarkers}>{words.noMarkersText}</Empty>
          ) : (
            <>
              <Rows rows={items} />
              <ShowMore cursor={nextCursor} limit={limit} isBusy={answer.pending} onMore={more} />
            </>
          )
        }
      </Shown>
      {isAdding && (
        <MarkerDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Section>
  );
}

function Rows({ rows }: { readonly rows: readonly MarkerView[] }) {
  const { markers, by } = say(WORDS);
  const { marker, kinds } = say(MARKER_WORDS);
  const figures = told.value;
  return (
    <Table
      caption={markers}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'at',
          title: marker.at,
          isName: true,
          cell: ({ at, end }) => (
            <span class={css['when']}>
              {end === null ? figures.instant(at) : spanText(figures, at, end)}
            </span>
          ),
        },
        {
          key: 'kind',
          title: marker.kind,
          cell: ({ kind }) => (
            <Tag {...(kind === 'incident' && { tone: 'bad', icon: 'critical' })}>{kinds[kind]}</Tag>
          ),
        },
        {
          key: 'text',
          title: marker.text,
          cell: ({ text, link, createdBy, labels }) => (
            <span class={css['reason']}>
              {text}{' '}
              {link !== null && isLink(link) && (
                <a href={link} rel="noreferrer noopener" target="_blank">
                  {hostOf(link)}
                </a>
              )}
              <span class={css['soft']}>
                {[...Object.entries(labels).map((pair) => pair.join('=')), by(createdBy)].join(
                  ' · ',
                )}
              </span>
            </span>
          ),
        },
        {
          key: 'about',
          title: marker.about,
          cell: ({ slo, service }) =>
            slo === null ? (service ?? marker.everything) : <a href={`/slos/${slo}`}>{slo}</a>,
        },
      ]}
    />
  );
}
