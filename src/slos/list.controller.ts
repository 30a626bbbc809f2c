import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { Sparklines } from '../evaluation/sparklines';
import { accepted } from '../http/accepted';
import { labelFilters, withoutLabels } from '../http/label-filters';
import { LatestFigures } from './latest-figures';
import { ListQuery } from './list-query.dto';
import { listSlos } from './list-slos';
import { SloPage } from './view-types';

/** All of what is defined, and how it is doing. */
@ApiTags('slos')
@Controller('api/v1/slos')
export class ListController {
  constructor(
    private readonly latest: LatestFigures,
    private readonly sparklines: Sparklines,
  ) {}

  /** All SLOs with the latest figures, a row per group. */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'All SLOs with their budgets' })
  @ApiQuery({ type: ListQuery })
  async list(@Query() query: Readonly<Record<string, unknown>>): Promise<SloPage> {
    const asked = accepted(ListQuery, withoutLabels(query));
    const labels = labelFilters(query);
    const snapshot = this.latest.current();
    if (asked.include === undefined) return listSlos(snapshot, asked, labels);
    return listSlos(snapshot, asked, labels, await this.sparklines.of(snapshot));
  }
}
