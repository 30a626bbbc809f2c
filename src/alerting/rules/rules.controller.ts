import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequireAccess } from '../../auth/access';
import { RuleBook } from './rule-book';
import { RulesQuery, RulesView } from './rules.dto';
import { rulesYaml } from './rules-yaml';

const YAML = 'application/yaml';

/** Alerting and recording rules for Prometheus. */
@ApiTags('alerts')
@ApiExtraModels(RulesView)
@Controller('api/v1/rules')
export class RulesController {
  constructor(private readonly book: RuleBook) {}

  /**
   * A rule file for Prometheus as YAML, or the same as JSON where the caller accepts that first. Its
   * alerts are those that this service sends, by the same names and labels.
   */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'Rules for Prometheus, of all SLOs or of some' })
  @ApiOkResponse({
    content: {
      [YAML]: { schema: { type: 'string' } },
      'application/json': { schema: { $ref: getSchemaPath(RulesView) } },
    },
  })
  async rules(
    @Query() { flavour = 'gauges', service, slo }: RulesQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RulesView | string> {
    const rules = await this.book.rules({ flavour, service, slo });
    reply.header('vary', 'accept');
    if (wantsJson(accept)) return rules;
    const parts: string[] = [];
    for (const part of rulesYaml(rules)) {
      parts.push(part);
      await new Promise((resolve) => setImmediate(resolve));
    }
    reply.header('content-type', `${YAML}; charset=utf-8`);
    return parts.join('');
  }
}

/** Whoever names both wants the first. */
function wantsJson(accept = ''): boolean {
  const json = accept.indexOf('application/json');
  const yaml = accept.search(/\byaml\b|x-yaml/);
  return json >= 0 && (yaml < 0 || json < yaml);
}
