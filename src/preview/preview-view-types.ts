import { ApiProperty } from '@nestjs/swagger';
import { DefinitionProblemView } from '../authoring/definition-views';
import { AlertReplayView, StrictestView } from '../slos/replay-view-types';
import { HistoryView, SloRow } from '../slos/view-types';

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

export class PreviewView {
  @ApiProperty({ type: [SloPreviewView] })
  readonly items!: readonly SloPreviewView[];
  /** Warnings about the text; errors are refused. */
  @ApiProperty({ type: [DefinitionProblemView] })
  readonly warnings!: readonly DefinitionProblemView[];
}
