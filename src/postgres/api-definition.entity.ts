import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `api_definition`; see migrations/0010. */
@Entity('api_definition')
export class ApiDefinitionRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'api_definition_pkey' })
  service!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'api_definition_pkey' })
  name!: string;

  /** The driver gives bigint as text. */
  @Column('bigint')
  version!: string;

  @Column('text')
  text!: string;

  @Column('text')
  counted!: string;

  @Column('numeric')
  objective!: string;

  @Column('jsonb')
  spec!: Record<string, unknown>;

  @Column('text', { name: 'updated_by' })
  updatedBy!: string;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
