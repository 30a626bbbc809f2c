import { ApiProperty } from '@nestjs/swagger';
import { sloId } from '../domain/slo';
import { AlertReplayView, StrictestView } from '../slos/replay-view-types';
import { alertReplayView, strictestView } from '../slos/replay-views';
import { HistoryView, SloRow } from '../slos/view-types';
import { historyView, sloRow } from '../slos/views';
import { HISTORY_STEP_SECONDS, type PreviewedGroup } from './preview-slo';
import type { Previewed } from './previews';

/** What one group of an SLO, or an SLO without groups, would look like now. */
export class PreviewedGroupView {
  /** As in `GET /slos`. */
  readonly figures!: SloRow;
  /** SLI, burn rate and remaining budget, as in `GET /slos/{id}/history`. */
  readonly history!: HistoryView;
  readonly alerts!: AlertReplayView;
  readonly strictestObjective!: StrictestView;
}

export class SloPreviewView {
  /** `service/name`. */
  readonly slo!: string;
  /** Why it cannot be counted; null when it can. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly reason!: string | null;
  /** What looks like a slip although it can be counted. */
  @ApiProperty({ type: [String] })
  readonly warnings!: readonly string[];
  @ApiProperty({ type: [PreviewedGroupView] })
  readonly groups!: readonly PreviewedGroupView[];
}

export function sloPreviewView(previewed: Previewed): SloPreviewView {
  const slo = sloId(previewed.slo);
  if (previewed.kind === 'not-countable') {
    return { slo, reason: previewed.reason, warnings: [], groups: [] };
  }
  const { warnings, groups } = previewed;
  return { slo, reason: null, warnings, groups: groups.map(groupView) };
}

function groupView({ figures, history, replay, strictest }: PreviewedGroup): PreviewedGroupView {
  return {
    figures: sloRow(figures),
    history: historyView(figures.slo, figures.group, history, {
      stepSeconds: HISTORY_STEP_SECONDS,
      windowsSeconds: [],
    }),
    alerts: alertReplayView(replay),
    strictestObjective: strictestView(strictest, figures.scale),
  };
}
