import { ApiProperty } from '@nestjs/swagger';
import { type Status, STATUSES } from '../domain/status';

/** What changes from tick to tick of one row of the list. */
export class LiveRow {
  /** `service/name`. */
  readonly slo!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  readonly group!: Readonly<Record<string, string>> | null;
  @ApiProperty({ enum: STATUSES })
  readonly status!: Status;
  @ApiProperty({ type: Number, nullable: true })
  readonly sli!: number | null;
  /** Signed: negative when overspent. */
  @ApiProperty({ type: Number, nullable: true })
  readonly remainingRatio!: number | null;
  /** Over the last hour. */
  @ApiProperty({ type: Number, nullable: true })
  readonly burnRate!: number | null;
  /** Alerts of its tiers that fire. */
  readonly firing!: number;
  /** How many of them page. */
  readonly paging!: number;
}

/** A row of the list that is no more. */
export class GoneRow {
  /** `service/name`. */
  readonly slo!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  readonly group!: Readonly<Record<string, string>> | null;
}

/** `event: figures`, after every tick: the rows that changed since the last one, also where none did. */
export class FiguresEvent {
  /** RFC 3339: the step that the figures go up to. */
  readonly at!: string;
  @ApiProperty({ type: [LiveRow] })
  readonly rows!: readonly LiveRow[];
  @ApiProperty({ type: [GoneRow] })
  readonly gone!: readonly GoneRow[];
}

export class LiveAlert {
  /** As `/alerts` lists it. */
  readonly id!: string;
  readonly alertname!: string;
  /** `service/name`. */
  readonly slo!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  readonly group!: Readonly<Record<string, string>> | null;
  readonly severity!: string;
  @ApiProperty({ enum: ['firing', 'resolved'] })
  readonly state!: 'firing' | 'resolved';
  /** RFC 3339. */
  readonly startedAt!: string;
  /** RFC 3339; null while it fires. */
  @ApiProperty({ type: String, nullable: true })
  readonly endedAt!: string | null;
}

/** `event: alerts`: those that began or ended; one may be told twice, its `id` tells. */
export class AlertsEvent {
  @ApiProperty({ type: [LiveAlert] })
  readonly items!: readonly LiveAlert[];
}

export class LiveSource {
  readonly name!: string;
  /** Null before the first request. */
  @ApiProperty({ type: Boolean, nullable: true })
  readonly up!: boolean | null;
}

/** `event: collection`, when it changed: history read so far, and which data sources answer. */
export class CollectionEvent {
  /** Seconds of history that were read, summed over the SLOs. */
  readonly done!: number;
  /** Seconds of history that are wanted. */
  readonly total!: number;
  @ApiProperty({ type: [LiveSource] })
  readonly sources!: readonly LiveSource[];
}

/** `event: hello`, the first: lists that are asked for from now on miss nothing of what is told. */
export class HelloEvent {
  /** RFC 3339: the step that the latest figures go up to; null before the first evaluation. */
  @ApiProperty({ type: String, nullable: true })
  readonly at!: string | null;
  @ApiProperty({ type: CollectionEvent, nullable: true })
  readonly collection!: CollectionEvent | null;
}

/** `event: reload`: something was not told, so that all lists have to be asked for again. */
export class ReloadEvent {
  /** `unknown-id` after a reconnect that comes too late or to another replica, `slow` for whoever reads too slowly. */
  @ApiProperty({ enum: ['unknown-id', 'slow'] })
  readonly reason!: 'unknown-id' | 'slow';
}
