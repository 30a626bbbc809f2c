import { Controller, Get, Inject, NotFoundException, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequireAccess } from '../auth/access';
import { CONFIG, type Config } from '../config/config';
import { DefinitionRegistry } from '../definitions/registry';
import { CalendarMonth } from '../domain/calendar-month';
import { REPORT_FORMATS } from './formats/formats';
import { MonthlyReports } from './monthly-reports';
import { ReportClock } from './report-clock';
import { ReportQuery } from './reports.dto';

/** The uptime report of a month. */
@ApiTags('reports')
@Controller('api/v1/reports')
export class ReportsController {
  constructor(
    private readonly reports: MonthlyReports,
    private readonly registry: DefinitionRegistry,
    private readonly clock: ReportClock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'reportTimeZone'>,
  ) {}

  /** Interim while the month runs, up to `cutOff`. */
  @RequireAccess('viewer')
  @Get('monthly/:month')
  @ApiOperation({ summary: 'The uptime report of a month' })
  @ApiProduces(...REPORT_FORMATS.map(({ contentType }) => contentType.replace(/;.*/, '')))
  async monthly(
    @Param('month') text: string,
    @Query() { format, service, timeZone }: ReportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Uint8Array> {
    const month = CalendarMonth.parse(text, timeZone ?? this.config.reportTimeZone);
    const all = this.registry.current().defined.map(({ slo }) => slo);
    const slos = service === undefined ? all : all.filter((slo) => slo.service === service);
    if (service !== undefined && slos.length === 0) {
      const services = [...new Set(all.map((slo) => slo.service))].sort();
      throw new NotFoundException(
        `there is no service ${JSON.stringify(service)}; the services are: ${services.join(', ')}`,
      );
    }
    const report = await this.reports.interim(slos, month, this.clock.latest());
    if (report === null) {
      throw new NotFoundException(
        `${month.name} has not begun in ${month.timeZone}, or nothing of it has been counted`,
      );
    }
    const chosen = REPORT_FORMATS.find(({ name }) => name === format);
    if (chosen === undefined) throw new Error(`format ${format} was accepted and is unknown`);
    const file = `uptime-${month.name}.${chosen.extension}`;
    reply.header('content-type', chosen.contentType);
    reply.header('content-disposition', `inline; filename="${file}"`);
    return chosen.render(report);
  }
}
