import type { YamlDocument } from '../yaml/yaml-document';
import type { Path } from '../yaml/problem';
import { readYaml } from '../yaml/read-yaml';
import { definitionPaths, languageOf } from './language';

/** A document of a file, or an entry of a list that the file is. */
export interface ShelvedDocument {
  readonly document: YamlDocument;
  readonly path: Path;
}

type Shelves = ReadonlyMap<string, ShelvedDocument>;

const REFERRED = ['SLI', 'Service', 'DataSource'] as const;
type Referred = (typeof REFERRED)[number];

/** What OpenSLO documents refer to by name, in whatever file of a set it stands. */
export class OpenSloShelf {
  private constructor(
    private readonly own: Shelves,
    private readonly wanted: ReadonlySet<string>,
    private readonly behind: OpenSloShelf | null,
  ) {}

  static readonly empty = new OpenSloShelf(new Map(), new Set(), null);

  /** All that the files of a set hold; the first of several documents of a name is taken. */
  static of(files: ReadonlyMap<string, string>): OpenSloShelf {
    const documents = [...files]
      .filter(([, text]) => mentionsOpenSlo(text))
      .flatMap(([file, text]) => readYaml(text, file).documents);
    return OpenSloShelf.empty.with(documents);
  }

  /** With the documents of one more file, which take precedence. */
  with(documents: readonly YamlDocument[]): OpenSloShelf {
    const own = new Map<string, ShelvedDocument>();
    const wanted = new Set<string>();
    for (const { value, shelved } of documents.flatMap(entriesOf)) {
      const key = keyOf(value);
      if (key !== null && !own.has(key)) own.set(key, shelved);
      for (const key of wantedBy(value)) wanted.add(key);
    }
    return new OpenSloShelf(own, wanted, this);
  }

  find(kind: Referred, name: string): ShelvedDocument | null {
    return this.own.get(`${kind} ${name}`) ?? this.behind?.find(kind, name) ?? null;
  }

  names(kind: Referred): readonly string[] {
    const prefix = `${kind} `;
    const own = [...this.own.keys()].filter((key) => key.startsWith(prefix));
    const names = own.map((key) => key.slice(prefix.length));
    return [...new Set([...names, ...(this.behind?.names(kind) ?? [])])];
  }

  /** Whether any SLO refers to a document of this kind and name. */
  wants(kind: 'SLI' | 'Service', name: string): boolean {
    return this.wanted.has(`${kind} ${name}`) || this.behind?.wants(kind, name) === true;
  }
}

/** A cheap look, so that sets of other languages are not read twice. */
export function mentionsOpenSlo(text: string): boolean {
  return text.includes('openslo');
}

interface Entry {
  readonly shelved: ShelvedDocument;
  readonly value: Readonly<Record<string, unknown>>;
}

function entriesOf(document: YamlDocument): readonly Entry[] {
  return definitionPaths(document.value).flatMap((path) => {
    const value = path.reduce<unknown>(
      (outer, key) => (outer as Readonly<Record<string | number, unknown>>)[key],
      document.value,
    );
    return isMapping(value) ? [{ shelved: { document, path }, value }] : [];
  });
}

function keyOf(value: Entry['value']): string | null {
  const { kind, metadata } = value;
  const name = isMapping(metadata) ? metadata['name'] : undefined;
  if (languageOf(value) !== 'openslo' || typeof kind !== 'string') return null;
  return REFERRED.some((each) => each === kind) && typeof name === 'string'
    ? `${kind} ${name}`
    : null;
}

/** Kinds and names, as documents are shelved. */
function wantedBy({ kind, spec }: Entry['value']): readonly string[] {
  if (kind !== 'SLO' || !isMapping(spec)) return [];
  const objectives = Array.isArray(spec['objectives']) ? spec['objectives'].filter(isMapping) : [];
  const slis = [spec, ...objectives].flatMap((holder) => [
    holder['indicatorRef'],
    holder['sliRef'],
  ]);
  return [
    ...namesAmong(slis).map((name) => `SLI ${name}`),
    ...namesAmong([spec['service'], spec['serviceRef']]).map((name) => `Service ${name}`),
  ];
}

function namesAmong(values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
