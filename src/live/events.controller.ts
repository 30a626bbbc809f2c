import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequireAccess } from '../auth/access';
import { Caller, type CallerIs } from '../auth/caller';
import { standingOf } from '../auth/standing';
import { AlertsEvent, CollectionEvent, FiguresEvent, HelloEvent, ReloadEvent } from './events.dto';
import { Feed } from './feed';
import { OpenStreams } from './open-streams';

const MEDIA_TYPE = 'text/event-stream';
const EVENTS = [HelloEvent, FiguresEvent, AlertsEvent, CollectionEvent, ReloadEvent] as const;

/** Figures as they change, for pages that stay open. */
@ApiTags('live')
@Controller('api/v1/events')
export class EventsController {
  private readonly places = new OpenStreams();

  constructor(private readonly feed: Feed) {}

  /**
   * Server-sent events: `hello` first, `figures` after every tick, `alerts` when one begins or ends,
   * `collection` when history is read or a data source goes away, `reload` when something was missed.
   * A comment every 15 seconds keeps the connection. Ends when the token is revoked or expires, within
   * 15 seconds, and when the service stops.
   */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'Figures, alerts and collection as they change' })
  @ApiHeader({
    name: 'last-event-id',
    required: false,
    description: 'The id of the last event that was seen: what came since is told, or `reload`',
  })
  @ApiExtraModels(...EVENTS)
  @ApiOkResponse({
    description: 'A stream of events; the data of each is JSON',
    content: {
      [MEDIA_TYPE]: {
        schema: {
          anyOf: EVENTS.map(({ name }) => ({ $ref: `#/components/schemas/${name}` })),
        },
      },
    },
  })
  open(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Caller() caller: CallerIs,
    @Headers('last-event-id') lastId?: string,
  ): void {
    const giveBack = this.places.take(caller);
    const reader = this.feed.open(standingOf(request), lastId);
    reader.once('close', giveBack);
    void reply
      .type(MEDIA_TYPE)
      .header('cache-control', 'no-store, no-transform')
      // Asks proxies of the nginx kind not to gather what is told.
      .header('x-accel-buffering', 'no')
      .send(reader);
  }
}
