import { sloId } from '../domain/slo';
import { alertReplayView, strictestView } from '../slos/replay-views';
import { historyView, sloRow } from '../slos/views';
import { HISTORY_STEP_SECONDS, type PreviewedGroup } from './preview-slo';
import type { PreviewedGroupView, SloPreviewView } from './preview-view-types';
import type { Previewed } from './previews';

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
