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
  ChainVerdictView,
  ClosedReportView,
  ClosedReportsPage,
  CloseMonth,
  DifferencesQuery,
  DifferencesView,
  MonthQuery,
} from './closed-reports.dto';
import { verifyChain } from './chain';
import { Closing } from './closing';
import { ReportDelivery } from './delivery/report-delivery';
import { type ClosedReport, ReportArchive } from './report-archive';
import { differences, reportOf } from './report-shelf';
import { toMillisecond } from '../domain/instant';

/** Reports that are frozen, and their corrections. */
@ApiTags('reports')
@Controller('api/v1/reports')
export class ClosedReportsController {
  private verifying: Promise<ChainVerdictView> | null = null;

  constructor(
    private readonly archive: ReportArchive,
    private readonly closing: Closing,
    private readonly delivery: ReportDelivery,
    @Inject(CONFIG) private readonly config: Pick<Config, 'reportTimeZone'>,
  ) {}

  /** Latest month first, latest revision first. */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'Closed reports with their hashes, and who has had them' })
  async list(): Promise<ClosedReportsPage> {
    const reports = await this.archive.list();
    const deliveries = await this.delivery.of(reports);
    const items = reports.map((report, k) =>
      Object.assign(viewOf(report), {
        deliveries: (deliveries[k] ?? []).map(({ at, ...same }) => ({
          ...same,
          at: at === null ? null : toMillisecond(at),
        })),
      }),
    );
    return { items, nextCursor: null };
  }

  /**
   * Recomputes every hash from the contents, oldest first, up to the first that does not fit. Whoever
   * asks meanwhile gets the same answer.
   */
  @RequireAccess('viewer')
  @Get('verify')
  @ApiOperation({ summary: 'Whether closed reports are as they were closed' })
  verify(): Promise<ChainVerdictView> {
    this.verifying ??= this.verified().finally(() => {
      this.verifying = null;
    });
    return this.verifying;
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
    await this.delivery.open();
    const closed = await this.closing.close(month, reason, caller, known?.revision ?? null);
    if (closed !== null) {
      this.delivery.wake();
      return viewOf(closed);
    }
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

  private async verified(): Promise<ChainVerdictView> {
    const verdict = await verifyChain(
      await this.archive.list(),
      async ({ month, timeZone, revision }) =>
        (await this.archive.find(month, timeZone, revision))?.content ?? null,
    );
    const { checked, fault } = verdict;
    if (fault === null) return { valid: true, checked, fault };
    const { month, timeZone, revision, hash, previousHash, reason } = fault;
    const view = { month, timeZone, revision, hash, previousHash, reason };
    return { valid: false, checked, fault: view };
  }
}

function viewOf({ closedAt, ...same }: Omit<ClosedReport, 'content'>): ClosedReportView {
  const { month, timeZone, revision, author, reason, hash, previousHash } = same;
  return {
    ...{ month, timeZone, revision, author, reason, hash, previousHash },
    closedAt: toMillisecond(closedAt),
  };
}
