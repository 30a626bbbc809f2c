import { Controller, HttpException, HttpStatus, Post, HttpCode, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequireAccess } from '../auth/access';
import { soundBody } from '../authoring/read-body';
import { problemViews } from '../authoring/views';
import { SeriesSource } from '../collection/series-source';
import { InvalidInput } from '../http/invalid-input';
import { TakesText, TEXT_TYPES, TextBody } from '../http/text-body';
import { PreviewView } from './preview-view-types';
import { sloPreviewView } from './preview-views';
import { AskerGone, MOST_SLOS, Previews } from './previews';

const TRY_AGAIN_SECONDS = 5;

/** Definitions against the past, before they are saved. */
@ApiTags('definitions')
@Controller('api/v1/definitions')
export class PreviewController {
  constructor(
    private readonly previews: Previews,
    private readonly source: SeriesSource,
  ) {}

  /**
   * Reads 30 days from the data source, or the SLO window where that is longer, counted as backfill
   * counts, and saves nothing: budget, SLI, burn rates, and the alerts that would have fired.
   */
  @TakesText()
  @RequireAccess('editor')
  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What definitions would have said of the last 30 days' })
  @ApiConsumes(...TEXT_TYPES)
  @ApiBody({
    description: 'slowburn/v1, OpenSLO, Sloth or Pyrra as YAML or JSON, or one SLO of slowburn/v1',
    schema: { type: 'string' },
  })
  async preview(
    @TextBody() text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PreviewView> {
    const { slos, problems } = soundBody(text, { datasources: this.source.datasources() });
    if (slos.length > MOST_SLOS) {
      const allowed = `up to ${MOST_SLOS} SLOs at once`;
      throw new InvalidInput([{ field: 'body', value: slos.length, allowed }]);
    }
    if (this.previews.busy) {
      reply.header('retry-after', String(TRY_AGAIN_SECONDS));
      const detail = 'other previews are being made, allowed: two at once; try again soon';
      throw new HttpException(detail, HttpStatus.TOO_MANY_REQUESTS);
    }
    const asked = slos.map(({ slo }) => slo);
    const previewed = await this.previews.of(asked, whileAsked(reply));
    return { items: previewed.map(sloPreviewView), warnings: problemViews(problems, text) };
  }
}

/** Ends with the connection; after the answer that means nothing any more. */
function whileAsked(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    gone.abort(new AskerGone());
  });
  return gone.signal;
}
