import { useState } from 'preact/hooks';
import type { MarkerPage, MarkerView } from '../../../../src/exclusions/markers.dto';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { spanText } from '../../figures/span-text';
import { told } from '../../figures/told';
import { ButtonFor } from '../../kit/button';
import { Note, Section } from '../../kit/section';
import { Empty, Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { Tag } from '../../kit/tag';
import { say } from '../../words/say';
import css from './exclusions.module.css';
import { MarkerDialog } from './marker-dialog';
import { WORDS } from './words';

/** The latest first. */
export function Markers() {
  const words = say(WORDS);
  const [isAdding, setAdding] = useState(false);
  const answer = useAnswer<MarkerPage>('/api/v1/markers?limit=100', { follows: tick });
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
          {words.addMarker}
        </ButtonFor>
      }
    >
      <Note>{words.markersAbout}</Note>
      <Shown of={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.noMarkers}>{words.noMarkersText}</Empty>
          ) : (
            <Rows rows={items} />
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
  const { markers, marker, kinds, by } = say(WORDS);
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
              {link !== null && (
                <a href={link} rel="noreferrer noopener" target="_blank">
                  {new URL(link).host}
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
