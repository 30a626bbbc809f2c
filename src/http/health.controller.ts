import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/access';
import { HealthView, ReadinessView } from './health.dto';
import { ReadinessProbe } from './readiness-probe';

/** Callers give up after 5 s. */
const DATABASE_WITHIN_MS = 4_000;

@ApiTags('operation')
@Controller('health')
export class HealthController {
  constructor(private readonly probe: ReadinessProbe) {}

  @Public()
  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The process is alive' })
  health(): HealthView {
    return { status: 'healthy', timestamp: new Date().toISOString() };
  }

  @Public()
  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'It can answer with figures; 503 while it cannot' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessView> {
    const database = await this.databaseAnswers();
    const evaluated = this.probe.evaluated();
    const services = { database, prometheus: this.probe.prometheus() };
    if (database && evaluated) return { status: 'ready', services };
    reply.code(503);
    const reason = database ? 'the first evaluation is not done' : 'the database does not answer';
    return { status: 'not_ready', reason, services };
  }

  private async databaseAnswers(): Promise<boolean> {
    const givenUp = new AbortController();
    const late = sleep(DATABASE_WITHIN_MS, false, { signal: givenUp.signal }).catch(() => false);
    const answered = this.probe.database().catch(() => false);
    try {
      return await Promise.race([answered, late]);
    } finally {
      givenUp.abort();
    }
  }
}
