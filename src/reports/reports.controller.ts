import {
  Controller,
  Get,
  Header,
  Headers,
  Inject,
  NotFoundException,
  Param,
  Query,
  Res,
  ServiceUnavailableException,
} from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequireAccess } from '../auth/access';
import { OwnVersion } from '../auth/me.controller';
import { CONFIG, type Config } from '../config/config';
import { DefinitionRegistry } from '../definitions/registry';
import { CalendarMonth } from '../domain/calendar-month';
import { REPORT_FORMATS } from './formats/formats';
import { Press } from './press';
import schema from './report-schema.json';
import { ReportShelf } from './report-shelf';
import { reportTag } from './report-tag';
import { ReportQuery } from './reports.dto';
import { preferredLanguage } from './words/preferred-language';

const SCHEMA = '/api/v1/reports/schema';
/** RFC 8288: in the head, since the body is what is hashed. */
const DESCRIBED = `<${SCHEMA}>; rel="describedby"; type="application/schema+json"`;

const TRY_AGAIN_SECONDS = 10;

/** The uptime report of a month. */
@ApiTags('reports')
@Controller('api/v1/reports')
export class ReportsController {
  constructor(
    private readonly shelf: ReportShelf,
    private readonly press: Press,
    private readonly registry: DefinitionRegistry,
    private readonly own: OwnVersion,
    @Inject(CONFIG) private readonly config: Pick<Config, 'reportTimeZone'>,
  ) {}

  /** What the JSON means, field by field, with units. */
  @RequireAccess('viewer')
  @Get('schema')
  @Header('content-type', 'application/schema+json; charset=utf-8')
  @ApiOperation({ summary: "The JSON Schema (2020-12) of the report's JSON" })
  @ApiProduces('application/schema+json')
  schema(): object {
    return schema;
  }

  /** As it was closed; interim before that, up to `cutOff`. */
  @RequireAccess('viewer')
  @Get('monthly/:month')
  @ApiOperation({
    summary: 'The uptime report of a month',
    externalDocs: { url: SCHEMA, description: 'JSON Schema of the JSON' },
  })
  @ApiProduces(...REPORT_FORMATS.map(({ contentType }) => contentType.replace(/;.*/, '')))
  async monthly(
    @Param('month') text: string,
    @Query() { format, service, timeZone, revision, language }: ReportQuery,
    @Headers('accept-language') languages: string | undefined,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NodeJS.ReadableStream | undefined> {
    const month = CalendarMonth.parse(text, timeZone ?? this.config.reportTimeZone);
    const report = await this.shelf.find(month, service ?? null, revision);
    if (report === null) {
      const none = revision === undefined ? 'has not begun' : `has no revision ${revision}`;
      throw new NotFoundException(`${month.name} ${none} in ${month.timeZone}`);
    }
    if (service !== undefined && report.slos.length === 0) throw this.unknownService(service);
    const chosen = REPORT_FORMATS.find(({ name }) => name === format);
    if (chosen === undefined) throw new Error(`format ${format} was accepted and is unknown`);
    const spoken = language ?? preferredLanguage(languages);
    if (chosen.hasWords) reply.headers({ 'content-language': spoken, vary: 'accept-language' });
    const tag = await reportTag(report, [
      this.own.version,
      chosen.name,
      chosen.hasWords ? spoken : '',
    ]);
    reply.header('etag', tag);
    if (known !== undefined && isAmong(tag, known)) {
      reply.status(304);
      return undefined;
    }
    const file = `uptime-${month.name}.${chosen.extension}`;
    if (this.press.isBusy(chosen)) {
      reply.header('retry-after', String(TRY_AGAIN_SECONDS));
      const detail = 'many others wait for a report to be written; try again soon';
      throw new ServiceUnavailableException(detail);
    }
    reply.header('content-type', chosen.contentType);
    reply.header('content-disposition', `inline; filename="${file}"`);
    if (chosen.name === 'json') reply.header('link', DESCRIBED);
    if (chosen.policy !== undefined) reply.header('content-security-policy', chosen.policy);
    return this.press.print(chosen, report, spoken);
  }

  private unknownService(service: string): NotFoundException {
    const all = this.registry.current().defined.map(({ slo }) => slo.service);
    const services = [...new Set(all)].sort().join(', ');
    return new NotFoundException(
      `the report has no service ${JSON.stringify(service)}; the services are: ${services}`,
    );
  }
}

/** Whether somebody who has these tags has it already. */
function isAmong(tag: string, known: string): boolean {
  const tags = known.split(',').map((each) => each.trim());
  return tags.includes('*') || tags.includes(tag);
}
