import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { Caller, type CallerIs } from '../auth/caller';
import { SloPath } from './slo-path.dto';
import { AskBackfill, SloBackfillView } from './backfill.dto';
import { BackfillRequests, type HistoryLeft } from './backfill-requests';

/** History that is read further back than SLO windows reach. */
@ApiTags('collection')
@Controller('api/v1/collection/backfill')
export class BackfillController {
  constructor(private readonly requests: BackfillRequests) {}

  /** Read within the next minutes by whichever replica counts the SLO; it never alerts. */
  @RequireAccess('admin')
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Read the history of one SLO further back than its window' })
  async ask(
    @Body() { slo, from }: AskBackfill,
    @Caller() caller: CallerIs,
  ): Promise<SloBackfillView> {
    return view(await this.requests.ask(slo, from, caller));
  }

  /** The same answer from every replica. */
  @RequireAccess('viewer')
  @Get(':service/:name')
  @ApiOperation({ summary: 'What of the history of one SLO is still to be read' })
  async left(@Param() { service, name }: SloPath): Promise<SloBackfillView> {
    return view(await this.requests.of(`${service}/${name}`));
  }
}

function view({ slo, from, to, steps, asked, reason }: HistoryLeft): SloBackfillView {
  return {
    slo,
    from: instant(from),
    to: instant(to),
    steps,
    asked: asked && {
      from: instant(asked.from),
      by: asked.askedBy,
      at: instant(asked.askedAt),
    },
    reason,
  };
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
