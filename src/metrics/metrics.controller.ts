import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequireAccess } from '../auth/access';
import { CONTENT_TYPES } from './exposition';
import { MetricsPage } from './metrics-page';

/** What Prometheus scrapes. */
@ApiTags('operation')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly page: MetricsPage) {}

  /** Text format 0.0.4, or OpenMetrics where the caller accepts it. */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'Metrics for Prometheus' })
  @ApiProduces('text/plain', 'application/openmetrics-text')
  async metrics(
    @Headers('accept') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const format =
      accept?.includes('application/openmetrics-text') === true ? 'openmetrics' : 'prometheus';
    const text = await this.page.text(format);
    await reply.header('content-type', CONTENT_TYPES[format]).send(text);
  }
}
