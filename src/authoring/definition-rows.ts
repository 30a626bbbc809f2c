import type { ComposedRegistry, StoredSlo } from '../definitions/composed-registry';
import { apiPlace } from '../definitions/composed-registry';
import { nativeDocuments, writeNative } from '../definitions/native-writer';
import type { Defined } from '../definitions/registry';
import { type Slo, sloId } from '../domain/slo';
import { entityTag } from '../http/entity-tag';
import { revisionOf } from '../ledger/revision';
import type { Problem } from '../yaml/problem';
import type { DefinitionEntry, DefinitionRow } from './definition-views';

/** A definition as the list shows it, and what it was made of. */
export interface Listed {
  readonly row: DefinitionRow;
  /** Null where its text cannot be read. */
  readonly slo: Slo | null;
  /** As it is stored; null where a file holds it. */
  readonly text: string | null;
}

/** Everything that files and API define, by name; the API's also where a file takes precedence. */
export function listedDefinitions(registry: ComposedRegistry): readonly Listed[] {
  const { defined, problems } = registry.current();
  const inForce = new Set(defined);
  const byFiles = registry.byFiles().map((each) => fileRow(each, problems));
  const versions = new Set(
    [...inForce].flatMap(({ api }) => (api === undefined ? [] : [api.version])),
  );
  const byApi = registry
    .stored()
    .map((each) => apiRow(each, versions.has(each.stored.version), problems));
  return [...byFiles, ...byApi].sort((a, b) => compare(a.row.slo, b.row.slo));
}

export function entryOf({ row, slo, text }: Listed): DefinitionEntry {
  return Object.assign({}, row, {
    definition: slo === null ? null : (nativeDocuments([slo])[0] ?? null),
    text: text ?? (slo === null ? '' : writeNative([slo])),
  });
}

function fileRow({ slo, place, stale }: Defined, problems: readonly Problem[]): Listed {
  const { file, line } = place;
  const row: DefinitionRow = {
    slo: sloId(slo),
    origin: 'file',
    file,
    line,
    inForce: true,
    stale,
    revision: revisionOf(slo),
    etag: null,
    updatedBy: null,
    updatedAt: null,
    problems: complaintsAt(problems, file, line),
  };
  return { row, slo, text: null };
}

function apiRow(
  { stored, placed }: StoredSlo,
  inForce: boolean,
  problems: readonly Problem[],
): Listed {
  const row: DefinitionRow = {
    slo: sloId(stored),
    origin: 'api',
    file: null,
    line: null,
    inForce,
    stale: false,
    revision: placed === null ? null : revisionOf(placed.slo),
    etag: entityTag(stored.version),
    updatedBy: stored.updatedBy,
    updatedAt: new Date(stored.updatedAt * 1000).toISOString(),
    problems: complaintsAt(problems, apiPlace(stored), null),
  };
  return { row, slo: placed?.slo ?? null, text: stored.text };
}

/** @param line from which a file's SLO is written; complaints about its fields stand below it */
function complaintsAt(
  problems: readonly Problem[],
  file: string,
  line: number | null,
): readonly string[] {
  return problems
    .filter(({ place }) => place.file === file && (line === null || place.line === line))
    .map(({ severity, message }) => `${severity}: ${message}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
