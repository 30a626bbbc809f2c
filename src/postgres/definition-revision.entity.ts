import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A row of `definition_revision`; see migrations/0008 and 0010. */
@Entity('definition_revision')
@Index('definition_revision_slo_idx', ['service', 'name', 'validFrom'])
export class DefinitionRevisionRow {
  @PrimaryGeneratedColumn('identity', {
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'definition_revision_pkey',
  })
  id!: number;

  @Column('text')
  service!: string;

  @Column('text')
  name!: string;

  @Column('timestamptz', { name: 'valid_from' })
  validFrom!: Date;

  @Column('timestamptz', { name: 'valid_to', nullable: true })
  validTo!: Date | null;

  /** Revision of what is counted. */
  @Column('text')
  counted!: string;

  /** The driver gives numeric as text, which is how an exact decimal wants to be read. */
  @Column('numeric')
  objective!: string;

  @Column('jsonb')
  spec!: Record<string, unknown>;

  @Column('text')
  origin!: string;

  /** Who brought it into force. */
  @Column('text')
  actor!: string;

  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;

  /** Made over the API, not by a file. */
  @Column('boolean', { name: 'by_api' })
  byApi!: boolean;

  /** In the native language; rows of earlier releases have only the spec. */
  @Column('text', { nullable: true })
  text!: string | null;
}
