import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { type Flavour, FLAVOURS } from './rule';

/** What `GET /rules` can be asked. */
export class RulesQuery {
  /** `gauges`: alerts on the metrics of this service. `standalone`: rules that work without it. */
  @ApiPropertyOptional({ enum: FLAVOURS, default: 'gauges' })
  @IsOptional()
  @IsIn(FLAVOURS)
  readonly flavour?: Flavour;

  @IsOptional()
  @Matches(/^[a-z0-9-]{1,63}$/, { message: 'service must be the name of a service' })
  readonly service?: string;

  /** Its name, or `service/name`. */
  @IsOptional()
  @Matches(/^([a-z0-9-]{1,63}\/)?[a-z0-9-]{1,63}$/, { message: 'slo must be NAME or SERVICE/NAME' })
  readonly slo?: string;
}

/** A recording rule has `record`, an alerting rule `alert` and `annotations`. */
export class RuleView {
  readonly record?: string;
  readonly alert?: string;
  readonly expr!: string;
  /** A Prometheus duration. */
  readonly for?: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly labels!: Readonly<Record<string, string>>;
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  readonly annotations?: Readonly<Record<string, string>>;
}

export class RuleGroupView {
  readonly name!: string;
  /** A Prometheus duration; that of the server where it is left out. */
  readonly interval?: string;
  @ApiProperty({ type: [RuleView] })
  readonly rules!: readonly RuleView[];
}

/** What the rules of one SLO leave out or say otherwise. */
export class RuleNoteView {
  /** `service/name`. */
  readonly slo!: string;
  readonly text!: string;
}

export class RulesView {
  @ApiProperty({ enum: FLAVOURS })
  readonly flavour!: Flavour;
  /** As in a rule file. */
  @ApiProperty({ type: [RuleGroupView] })
  readonly groups!: readonly RuleGroupView[];
  /** What holds for all of them; comments in the YAML. */
  @ApiProperty({ type: [String] })
  readonly remarks!: readonly string[];
  @ApiProperty({ type: [RuleNoteView] })
  readonly notes!: readonly RuleNoteView[];
}
