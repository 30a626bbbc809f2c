import { ApiProperty } from '@nestjs/swagger';
import type { Outcome, StreamOutcome } from './plan';

/** One field that differs between two definitions. */
export class FieldChangeView {
  /** `objective`, `sli.part.selector`. */
  readonly field!: string;
  @ApiProperty({ description: 'Null where it was not there', nullable: true })
  readonly before!: unknown;
  @ApiProperty({ description: 'Null where it is not there any more', nullable: true })
  readonly after!: unknown;
}

/** What a change did, or with `dryRun=true` would do, to one SLO. */
export class DefinitionChangeView {
  /** `service/name`. */
  readonly slo!: string;
  @ApiProperty({ enum: ['created', 'changed', 'unchanged', 'resumed', 'deleted'] })
  readonly outcome!: Outcome;
  /** Whether counting goes on (`kept`), goes on where it stopped (`resumed`), or begins (`new`). */
  @ApiProperty({ enum: ['new', 'kept', 'resumed', 'renamed', 'ended'] })
  readonly stream!: StreamOutcome;
  /** Revision of what is counted. */
  readonly revision!: string;
  /** For `If-Match`; null where it was deleted or not saved. */
  readonly etag!: string | null;
  @ApiProperty({ type: [FieldChangeView] })
  readonly changes!: readonly FieldChangeView[];
}

/** A complaint with its place in the text that was sent, from 1. */
export class DefinitionProblemView {
  @ApiProperty({ enum: ['error', 'warning'] })
  readonly severity!: 'error' | 'warning';
  readonly line!: number;
  readonly column!: number;
  /** `slos[0].objective`. */
  readonly path!: string;
  @ApiProperty({ description: 'As it came; null for what is no single value', nullable: true })
  readonly value!: unknown;
  readonly allowed!: string;
  readonly message!: string;
}

export class DefinitionChangesView {
  /** True when nothing was saved. */
  readonly dryRun!: boolean;
  @ApiProperty({ type: () => [DefinitionChangeView] })
  readonly items!: readonly DefinitionChangeView[];
  /** What is not as it seems; errors are refused. */
  @ApiProperty({ type: () => [DefinitionProblemView] })
  readonly warnings!: readonly DefinitionProblemView[];
}

/** Where the definition of an SLO begins in the text that was sent, from 1. */
export class DefinitionPlaceView {
  /** `service/name`. */
  readonly slo!: string;
  readonly line!: number;
  readonly column!: number;
}

/** A document of the text that was sent. */
export class DefinitionDocumentView {
  /** By its version key; null where that names none that is known. */
  @ApiProperty({ enum: ['native', 'openslo', 'sloth', 'pyrra'], nullable: true })
  readonly language!: 'native' | 'openslo' | 'sloth' | 'pyrra' | null;
  /** Where it begins, from 1. */
  readonly line!: number;
}

export class ValidationView {
  /** Whether it could be applied as far as the text goes. */
  readonly valid!: boolean;
  /** `service/name` of each SLO that could be read. */
  @ApiProperty({ type: [String] })
  readonly slos!: readonly string[];
  /** Where each of them begins. */
  @ApiProperty({ type: () => [DefinitionPlaceView] })
  readonly places!: readonly DefinitionPlaceView[];
  /** The documents of the text, and the languages they are written in. */
  @ApiProperty({ type: () => [DefinitionDocumentView] })
  readonly documents!: readonly DefinitionDocumentView[];
  @ApiProperty({ type: () => [DefinitionProblemView] })
  readonly problems!: readonly DefinitionProblemView[];
}

/** A definition in the list. */
export class DefinitionRow {
  /** `service/name`. */
  readonly slo!: string;
  @ApiProperty({ enum: ['file', 'api'] })
  readonly origin!: 'file' | 'api';
  /** Null for the API's. */
  readonly file!: string | null;
  readonly line!: number | null;
  /** False for a definition of the API while a file defines the same SLO, or that cannot be read. */
  readonly inForce!: boolean;
  /** True while its file has turned bad and this is the last good text. */
  readonly stale!: boolean;
  /** Revision of what is counted; null where it cannot be read. */
  readonly revision!: string | null;
  /** For `If-Match`; null for files. */
  readonly etag!: string | null;
  readonly updatedBy!: string | null;
  /** RFC 3339. */
  readonly updatedAt!: string | null;
  /** Complaints about this definition. */
  @ApiProperty({ type: [String] })
  readonly problems!: readonly string[];
}

export class DefinitionPage {
  @ApiProperty({ type: () => [DefinitionRow] })
  readonly items!: readonly DefinitionRow[];
  readonly nextCursor!: string | null;
}

export class DefinitionEntry extends DefinitionRow {
  /** The document in the native language, `slowburn/v1`; null where it cannot be read. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  readonly definition!: object | null;
  /** The same as YAML, ready to be changed and sent back. */
  readonly text!: string;
}
