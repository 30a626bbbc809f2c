import { ApiProperty } from '@nestjs/swagger';

/** A query as people would write it; figures are counted exactly and agree with it only roughly. */
export class PlainQueryView {
  /** Events per second, their ratio, or the value that a threshold is held against. */
  @ApiProperty({ enum: ['good', 'bad', 'total', 'sli', 'value'] })
  readonly of!: 'good' | 'bad' | 'total' | 'sli' | 'value';
  readonly query!: string;
  /** Into the expression browser of the data source; null where its address is unknown or would be too long. */
  @ApiProperty({ type: String, nullable: true })
  readonly link!: string | null;
}

/** A query that is sent in an ordinary minute. */
export class SentQueryView {
  /** Raw samples; changed process starts; a query of the SLO's own. */
  @ApiProperty({ enum: ['samples', 'starts', 'own'] })
  readonly kind!: 'samples' | 'starts' | 'own';
  readonly query!: string;
  /** How many SLOs it is asked for at once. */
  readonly slos!: number;
  /** As for the plain queries. */
  @ApiProperty({ type: String, nullable: true })
  readonly link!: string | null;
}

export class SloQueriesView {
  /** `service/name`. */
  readonly slo!: string;
  /** Name of the data source. */
  readonly datasource!: string;
  /** Where people reach the data source. */
  @ApiProperty({ type: String, nullable: true })
  readonly address!: string | null;
  /** What the definition means, to read and to try. */
  @ApiProperty({ type: [PlainQueryView] })
  readonly plain!: readonly PlainQueryView[];
  /** What would be sent if this SLO stood alone. */
  @ApiProperty({ type: [SentQueryView] })
  readonly alone!: readonly SentQueryView[];
  /** What is sent: many SLOs share a query. */
  @ApiProperty({ type: [SentQueryView] })
  readonly sent!: readonly SentQueryView[];
  /** Why there is none. */
  @ApiProperty({ type: String, nullable: true })
  readonly reason!: string | null;
}
