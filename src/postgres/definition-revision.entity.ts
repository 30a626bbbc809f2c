import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A row of `definition_revision`; see migrations/0008. */
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
}
