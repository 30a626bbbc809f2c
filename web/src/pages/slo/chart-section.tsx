import { useCallback, useState } from 'preact/hooks';
import type { BudgetView, BurnRatesView } from '../../../../src/slos/view-types';
import { ButtonFor } from '../../kit/button';
import { Hint } from '../../kit/hint';
import { ExclusionDialog } from '../../exclusions/exclusion-dialog';
import { MarkerDialog } from '../../exclusions/marker-dialog';
import { goToQuery, query, setQuery } from '../../router/place';
import { may } from '../../session/session';
import { chosenZone } from '../../settings/chosen-zone';
import { wallOf } from '../../settings/clocks';
import { COMMON } from '../../words/common';
import { say } from '../../words/say';
import type { Asking } from './address';
import { Charts } from './charts/charts';
import { CHARTS_ID } from './charts/charts-id';
import css from './head.module.css';
import { RangePicker } from './range-picker';
import { rangeOf, rangeQuery, snapped, type Span, spanOf } from './span';
import { WORDS } from './words';

interface Props {
  readonly asking: Asking;
  readonly budget: BudgetView;
  readonly alerts: BurnRatesView['alerts'];
}

const TOOLS = ['zoom', 'exclude', 'mark'] as const;
type Tool = (typeof TOOLS)[number];

/** The charts with what one can do on them. */
export function ChartSection({ asking, budget, alerts }: Props) {
  const words = say(WORDS).tools;
  const [tool, setTool] = useState<Tool>('zoom');
  const [open, setOpen] = useState<{ readonly tool: Tool; readonly span: Span } | null>(null);
  const range = rangeOf(query.value);
  const window = { from: Date.parse(budget.window.from), to: Date.parse(budget.window.to) };
  const span = spanOf(range, window);
  const end = spanOf('window', window).to;
  const withRaw = query.value.get('raw') === 'true';
  const drag = useCallback(
    (chosen: Span) => {
      if (tool === 'zoom') goToQuery(rangeQuery(snapped(chosen)));
      else setOpen({ tool, span: snapped(chosen) });
    },
    [tool],
  );
  const close = () => {
    setOpen(null);
  };
  return (
    <section id={CHARTS_ID} class={css['charts']} aria-label={words.charts}>
      <RangePicker range={range} span={span} end={end} />
      <div class={css['tools']}>
        {may('editor') && (
          <fieldset class={css['choices']}>
            <legend>{words.dragging}</legend>
            {TOOLS.map((name) => (
              <label key={name} class={css['choice']}>
                <input
                  type="radio"
                  name="tool"
                  checked={tool === name}
                  onChange={() => {
                    setTool(name);
                  }}
                />
                {words[name]}
              </label>
            ))}
          </fieldset>
        )}
        <label class={css['tool']}>
          <input
            type="checkbox"
            checked={withRaw}
            onChange={() => {
              setQuery({ raw: withRaw ? null : 'true' });
            }}
          />
          {words.raw}
          <Hint label={`${say(COMMON).more}: ${words.raw}`}>{words.rawAbout}</Hint>
        </label>
        <ButtonFor role="editor" onClick={() => setOpen({ tool: 'exclude', span })}>
          {words.excludeTime}
        </ButtonFor>
        {may('editor') && (
          <ButtonFor role="editor" onClick={() => setOpen({ tool: 'mark', span })}>
            {words.markTime}
          </ButtonFor>
        )}
      </div>
      <Charts {...{ asking, span, withRaw, alerts }} objective={budget.objective} onDrag={drag} />
      {open?.tool === 'exclude' && (
        <ExclusionDialog
          title={words.excludeTitle}
          given={{ slo: asking.slo, group: groupLines(asking.group), ...wallsOf(open.span) }}
          onClose={close}
        />
      )}
      {open?.tool === 'mark' && (
        <MarkerDialog given={markerOf(asking, open.span)} onClose={close} />
      )}
    </section>
  );
}

/** A span on the clocks that the dialogs go by. */
function wallsOf({ from, to }: Span) {
  const timeZone = chosenZone();
  return { from: wallOf(from, timeZone), to: wallOf(to, timeZone) };
}

function markerOf({ slo }: Asking, span: Span) {
  const { from, to } = wallsOf(span);
  return { about: slo, at: from, end: to };
}

function groupLines(group: Asking['group']): string {
  return Object.entries(group ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}
