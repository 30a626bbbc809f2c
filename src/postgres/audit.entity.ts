import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A row of `audit`; see migrations/0005 and 0009. */
@Entity('audit')
export class AuditRow {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'audit_pkey',
  })
  id!: string;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  @Column('text')
  actor!: string;

  @Column('text')
  action!: string;

  @Column('text')
  subject!: string;

  @Column('jsonb', { nullable: true })
  before!: object | null;

  @Column('jsonb', { nullable: true })
  after!: object | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;

  /** Of whoever asked over the API. */
  @Column('text', { nullable: true })
  address!: string | null;
}
