import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ExclusionPage } from '../../../../../src/exclusions/exclusions.dto';
import type { MarkerPage } from '../../../../../src/exclusions/markers.dto';
import type { EpisodesView } from '../../../../../src/slos/episode-view.dto';
import type { BurnRatesView, HistoryView } from '../../../../../src/slos/view-types';
import { useAnswer } from '../../../api/answers';
import { tick } from '../../../api/live';
import { useSteady } from '../../../api/steady';
import { Empty, Shown } from '../../../kit/states';
import { say } from '../../../words/say';
import { askedPath, type Asking } from '../address';
import { CHART_WORDS } from '../chart-words';
import { instant, type Span, stepSeconds } from '../span';
import { BudgetChart } from './budget-chart';
import { BurnChart } from './burn-chart';
import css from './charts.module.css';
import { burnWindowsOf } from './chart-data';
import { EventsChart } from './events-chart';
import { OverlayLegend } from './legend';
import type { Overlays } from './overlays';
import { Pointed } from './pointed';

interface Props {
  readonly asking: Asking;
  readonly span: Span;
  readonly withRaw: boolean;
  readonly objective: number;
  /** Those of now, whose tiers the burn is held against. */
  readonly alerts: BurnRatesView['alerts'];
  readonly onDrag: (span: Span) => void;
}

/** The three charts of a span, which point at the same instant. */
export function Charts({ asking, span, withRaw, objective, alerts, onDrag }: Props) {
  const words = say(CHART_WORDS);
  const pointed = useSignal<number | null>(null);
  const tiers = JSON.stringify(
    alerts.map(({ factor, severity, long, short }) => ({ factor, severity, long, short })),
  );
  const thresholds = useMemo(() => JSON.parse(tiers) as BurnRatesView['alerts'], [tiers]);
  const windows = useMemo(() => burnWindowsOf(thresholds), [thresholds]);
  const step = stepSeconds(span);
  const asked = {
    from: instant(span.from),
    to: instant(span.to),
    step: `${step}s`,
    windows: windows.join(','),
  };
  const history = useSteady(
    askedPath(asking, 'history'),
    useAnswer<HistoryView>(askedPath(asking, 'history', asked), { follows: tick }),
  );
  const overlays = useOverlays(asking, span);
  return (
    <Pointed.Provider value={pointed}>
      <Shown of={history}>
        {({ points }) =>
          points.every(({ total, raw }) => total === 0 && raw.total === 0) ? (
            <Empty title={words.nothing}>{words.nothingText}</Empty>
          ) : (
            <div class={css['charts']} aria-busy={history.pending}>
              <OverlayLegend overlays={overlays} withRaw={withRaw} />
              <BudgetChart {...{ points, span, withRaw, overlays, onDrag }} />
              <BurnChart {...{ points, windows, thresholds, span, onDrag }} />
              <EventsChart {...{ points, span, objective, onDrag }} stepSeconds={step} />
            </div>
          )
        }
      </Shown>
    </Pointed.Provider>
  );
}

const NONE: Overlays = { episodes: [], exclusions: [], markers: [] };
const MOST = '200';

/** What happened in a span; what is not known yet, or failed, is not drawn, and the lists below say so. */
function useOverlays(asking: Asking, span: Span): Overlays {
  const { slo, group } = asking;
  const within = { from: instant(span.from), to: instant(span.to), limit: MOST };
  const about = new URLSearchParams({ ...within, slo }).toString();
  const subject = askedPath(asking, '');
  const { data: episodes } = useSteady(
    subject,
    useAnswer<EpisodesView>(askedPath(asking, 'episodes', within), { follows: tick }),
  );
  const { data: exclusions } = useSteady(
    subject,
    useAnswer<ExclusionPage>(`/api/v1/exclusions?${about}`, { follows: tick }),
  );
  const { data: markers } = useSteady(
    subject,
    useAnswer<MarkerPage>(`/api/v1/markers?${about}`, { follows: tick }),
  );
  return useMemo(
    () => ({
      episodes: (episodes?.items ?? []).filter(isWorthDrawing),
      exclusions: (exclusions?.items ?? []).filter((each) => touches(each.group, group)),
      markers: markers?.items ?? NONE.markers,
    }),
    [episodes, exclusions, markers, group],
  );
}

/** Many small ones would cover all that matters; the list has them. */
const LEAST_SHARE = 0.005;

function isWorthDrawing({ shareRatio, raw }: EpisodesView['items'][number]): boolean {
  return Math.max(shareRatio ?? 1, raw.shareRatio ?? 1) >= LEAST_SHARE;
}

/** Whether an exclusion of a group is about the one that is shown. */
function touches(excluded: Asking['group'], shown: Asking['group']): boolean {
  if (excluded === null || shown === null) return true;
  return Object.entries(excluded).every(([name, value]) => shown[name] === value);
}
