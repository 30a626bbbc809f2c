import type { CounterSource } from '../collection/counter-reader';
import { doubtfulPart } from '../collection/part-check';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import { DAY_SECONDS } from '../domain/duration';
import type { Slo } from '../domain/slo';
import { type Span, windowEndingAt } from '../domain/slo-window';
import type { History } from '../evaluation/figurer';
import type { Figures } from '../evaluation/figures';
import { ExcludedTime } from '../evaluation/excluded-time';
import { LedgerFigurer } from '../evaluation/ledger-figurer';
import { type Replay, replayAlerts, replayReach } from '../evaluation/replay';
import { type Strictest, strictestOf } from '../evaluation/strictest';
import { type ExclusionsInForce, NOTHING_EXCLUDED } from '../ledger/exclusions';
import { type StreamPoints, Timeline } from '../evaluation/timeline';
import type { LedgerReader } from '../ledger/ledger';
import { type HistoryWanted, readHistory, type SloHistory } from './read-history';
import { UnsavedLedger } from './unsaved-ledger';

/** What one group of an SLO would look like by now. */
export interface PreviewedGroup {
  readonly figures: Figures;
  readonly history: History;
  /** On the five-minute grid. */
  readonly replay: Replay;
  /** Of the window that ends now. */
  readonly strictest: Strictest;
}

export interface SloPreview {
  /** One per group; one for an SLO without groups. */
  readonly groups: readonly PreviewedGroup[];
  /** What looks like a slip although it can be counted. */
  readonly warnings: readonly string[];
}

/** About as many points as a chart shows. */
export const HISTORY_STEP_SECONDS = 4 * 3_600;
const LEAST_SECONDS = 30 * DAY_SECONDS;

/** Nothing that an SLO had in the past was judged by another objective. */
export const NEVER_CHANGED = { objectives: () => Promise.resolve(new Map<string, never>()) };

/** Where a preview's history begins: 30 days ago, or with the SLO window where that is longer. */
export function previewStart(slo: Slo, now: number): number {
  const window = windowEndingAt(slo.window, now);
  return floorTo(Math.min(window.from, now - LEAST_SECONDS), GRID_SECONDS);
}

/**
 * Reads an SLO's past from its source and says what would have been, had it been defined all along.
 *
 * @param exclusions those of the service, beside the definition's own
 * @throws what `readHistory` throws
 */
export async function previewSlo(
  at: CounterSource,
  slo: Slo,
  wanted: Omit<HistoryWanted, 'from'>,
  exclusions: ExclusionsInForce = NOTHING_EXCLUDED,
): Promise<SloPreview> {
  const from = previewStart(slo, wanted.now);
  const [history, doubt] = await Promise.all([
    readHistory(at, slo, { ...wanted, from }),
    doubtfulPart(at, slo, wanted.now),
  ]);
  const ledger = new UnsavedLedger([{ slo, history }]);
  const groups = await previewedGroups(
    slo,
    ledger,
    ledger.kept,
    { from, to: history.to },
    exclusions,
  );
  return { groups, warnings: [...(doubt === null ? [] : [doubt]), ...warningsOf(slo, history)] };
}

/**
 * What some streams of an SLO would look like.
 *
 * @param read back to where it was read, and the end of the last step that will not change any more
 */
export async function previewedGroups(
  slo: Slo,
  ledger: LedgerReader,
  kept: readonly StreamPoints[],
  read: Span,
  exclusions: ExclusionsInForce,
): Promise<readonly PreviewedGroup[]> {
  const { from, to } = read;
  const figurer = new LedgerFigurer(ledger, NEVER_CHANGED, exclusions);
  const time = new ExcludedTime(await exclusions.inForce());
  const groups: PreviewedGroup[] = [];
  for (const each of kept) {
    const { group } = each.stream;
    const series = {
      slo,
      group,
      ...historySpan(from, to),
      stepSeconds: HISTORY_STEP_SECONDS,
    };
    const [figures, shown] = await Promise.all([
      figurer.figures({ slo, group, at: to }),
      figurer.history(series),
    ]);
    if (figures === null || shown === null) throw new Error('a group that was read has no stream');
    const grid = { from, to: floorTo(to, GRID_SECONDS), stepSeconds: GRID_SECONDS };
    const cuts = time.cuts(slo, group, { from, to: grid.to });
    const reach = replayReach(slo, grid);
    const timeline = new Timeline(slo, [{ ...each, cuts }], { ...grid, from: reach });
    const replay = replayAlerts(slo, timeline, from);
    groups.push({ figures, history: shown, replay, strictest: strictestOf(figures.budget.events) });
  }
  return groups;
}

/** Whole steps that end with the newest five-minute point. */
function historySpan(from: number, to: number): Span {
  const end = floorTo(to, GRID_SECONDS);
  return { from: end - floorTo(end - from, HISTORY_STEP_SECONDS), to: end };
}

function warningsOf(slo: Slo, { groups, groupCount }: SloHistory): readonly string[] {
  if (groupCount === 0) {
    return [`groupBy ${slo.groupBy.join(', ')}: the source has no series in this time`];
  }
  if (groupCount === groups.length) return [];
  const shown = `only the first ${groups.length} are previewed`;
  return [`groupBy ${slo.groupBy.join(', ')} gives ${groupCount} groups, of which ${shown}`];
}
