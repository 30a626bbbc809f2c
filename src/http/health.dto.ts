import { ApiProperty } from '@nestjs/swagger';

export class HealthView {
  @ApiProperty({ enum: ['healthy'] })
  readonly status!: 'healthy';
  /** RFC 3339. */
  readonly timestamp!: string;
}

/** What it needs to answer with figures; a source that is away makes it no less ready. */
export class ServicesView {
  readonly database!: boolean;
  readonly prometheus!: boolean;
}

export class ReadinessView {
  @ApiProperty({ enum: ['ready', 'not_ready'] })
  readonly status!: 'ready' | 'not_ready';
  /** Why it is not ready. */
  readonly reason?: string;
  readonly services!: ServicesView;
}
