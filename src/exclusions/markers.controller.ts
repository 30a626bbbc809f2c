import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { Caller, type CallerIs } from '../auth/caller';
import type { Marker } from './marker-store';
import { Markers } from './markers';
import { CreateMarker, MarkerPage, MarkerQuery, MarkerView } from './markers.dto';

/** Deploys, incidents and the like, to be seen beside figures; they change none. */
@ApiTags('markers')
@Controller('api/v1/markers')
export class MarkersController {
  constructor(private readonly markers: Markers) {}

  /** The latest first. */
  @RequireAccess('viewer')
  @Get()
  @ApiOperation({ summary: 'Deploys and incidents' })
  async list(@Query() query: MarkerQuery): Promise<MarkerPage> {
    const { items, nextCursor } = await this.markers.list(query);
    return { items: items.map(view), nextCursor };
  }

  @RequireAccess('editor')
  @Post()
  @ApiOperation({ summary: 'Mark a deploy or an incident' })
  async add(@Body() asked: CreateMarker, @Caller() caller: CallerIs): Promise<MarkerView> {
    return view(await this.markers.add(asked, caller));
  }
}

function view({ service, name, at, end, createdAt, ...marker }: Marker): MarkerView {
  return {
    ...marker,
    at: instant(at),
    end: end === null ? null : instant(end),
    slo: service === null || name === null ? null : `${service}/${name}`,
    service,
    createdAt: instant(createdAt),
  };
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
