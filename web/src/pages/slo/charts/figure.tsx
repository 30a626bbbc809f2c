import type { ComponentChildren } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { HistoryPointView } from '../../../../../src/slos/view-types';
import { told } from '../../../figures/told';
import { Hint } from '../../../kit/hint';
import { Table } from '../../../kit/table';
import { COMMON } from '../../../words/common';
import { say } from '../../../words/say';
import { CHART_WORDS } from '../chart-words';
import css from './figure.module.css';
import { Pointed } from './pointed';

interface Told {
  readonly title: string;
  readonly told: (point: HistoryPointView) => string;
}

interface Props {
  readonly title: string;
  readonly about: string;
  readonly points: readonly HistoryPointView[];
  readonly toldAt: (k: number) => string;
  /** Of the table that holds the same figures. */
  readonly columns: readonly Told[];
  readonly legend?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A chart with its name, the values of the point that is pointed at, and a table of all of them. */
export function Figure({ title, about, points, toldAt, columns, legend, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const words = say(CHART_WORDS);
  return (
    <figure class={css['figure']}>
      <figcaption class={css['head']}>
        <h3>{title}</h3>
        <Hint label={`${say(COMMON).more}: ${title}`}>{about}</Hint>
        <Values last={points.length - 1} toldAt={toldAt} />
      </figcaption>
      {legend}
      {children}
      <details
        class={css['table']}
        onToggle={(event) => {
          setOpen(event.currentTarget.open);
        }}
      >
        <summary>{words.asTable}</summary>
        {isOpen && (
          <Table
            caption={title}
            rows={points.toReversed()}
            keyOf={({ t }) => t}
            columns={[
              {
                key: 't',
                title: words.stepEnd,
                isName: true,
                cell: ({ t }) => told.value.instant(t),
              },
              ...columns.map((column) => ({
                key: column.title,
                title: column.title,
                isFigure: true,
                cell: column.told,
              })),
            ]}
          />
        )}
      </details>
    </figure>
  );
}

/** Alone, so that a hand that moves over the charts draws nothing else anew. */
function Values({ last, toldAt }: { readonly last: number } & Pick<Props, 'toldAt'>) {
  const pointed = useContext(Pointed);
  return <span class={css['values']}>{toldAt(Math.min(last, pointed.value ?? last))}</span>;
}
