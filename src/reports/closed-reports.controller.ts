import {
  Body,
  ConflictException,
  Controller,
  Get,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { Caller, type CallerIs } from '../auth/caller';
import { CONFIG, type Config } from '../config/config';
import { CalendarMonth } from '../domain/calendar-month';
import {
  ClosedReportView,
  ClosedReportsPage,
  CloseMonth,
  DifferencesQuery,
  DifferencesView,
  MonthQuery,
} from './closed-reports.dto';
import { Closing } from './closing';
import { type ClosedReport, ReportArchive } from './report-archive';
import { differences, reportOf } from './report-shelf';
import { rfc3339 } from './slo-report';

/** Reports that are frozen, and their corrections. */
@ApiTags('reports')
@Controller('api/v1/reports')
export class ClosedReportsController {
  constructor(
    private readonly archive: ReportArchive,
    private readonly closing: Closing,
    @Inject(CONFIG) private readonly config: Pick<Config, 'reportTimeZone'>,
  ) {}

  /** Latest month first, latest revision first. */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'Closed reports with their hashes' })
  async list(): Promise<ClosedReportsPage> {
    return { items: (await this.archive.list()).map(viewOf), nextCursor: null };
  }

  /**
   * Freezes a month that is over, as it is counted now: for the first time, or as a further revision
   * where it has been closed already. What was closed before stays as it is.
   */
  @RequireAccess('editor')
  @Post('monthly/:month/revisions')
  @ApiOperation({ summary: 'Close a month, or correct one that is closed' })
  async close(
    @Param('month') text: string,
    @Query() { timeZone }: MonthQuery,
    @Body() { reason }: CloseMonth,
    @Caller() caller: CallerIs,
  ): Promise<ClosedReportView> {
    const month = CalendarMonth.parse(text, timeZone ?? this.config.reportTimeZone);
    const known = await this.archive.find(month.name, month.timeZone);
    const closed = await this.closing.close(month, reason, caller, known?.revision ?? null);
    if (closed !== null) return viewOf(closed);
    throw new ConflictException(
      `${month.name} is not over in ${month.timeZone}, or somebody else has closed it meanwhile`,
    );
  }

  /** Field by field, against the revision before it. */
  @RequireAccess('viewer')
  @Get('monthly/:month/differences')
  @ApiOperation({ summary: 'What a revision corrected' })
  async differences(
    @Param('month') text: string,
    @Query() { timeZone, revision }: DifferencesQuery,
  ): Promise<DifferencesView> {
    const month = CalendarMonth.parse(text, timeZone ?? this.config.reportTimeZone);
    const after = await this.archive.find(month.name, month.timeZone, revision);
    if (after === null) {
      throw new NotFoundException(`${month.name} has no such closed report in ${month.timeZone}`);
    }
    const before =
      after.revision === 1
        ? null
        : await this.archive.find(month.name, month.timeZone, after.revision - 1);
    const changes = before === null ? [] : differences(reportOf(before), reportOf(after));
    return Object.assign(viewOf(after), { changes: [...changes] });
  }
}

function viewOf({ closedAt, ...same }: Omit<ClosedReport, 'content'>): ClosedReportView {
  const { month, timeZone, revision, author, reason, hash, previousHash } = same;
  return {
    ...{ month, timeZone, revision, author, reason, hash, previousHash },
    closedAt: rfc3339(closedAt),
  };
}
