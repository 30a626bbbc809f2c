import { InvalidValue } from '../domain/invalid-value';
import { PromqlError } from '../promql/promql-error';
import { pathText, type Path, type Problem } from '../yaml/problem';
import { shown } from '../yaml/shown';
import { didYouMean, wasItMeant } from '../yaml/suggestion';
import type { YamlDocument } from '../yaml/yaml-document';

/** What is wrong with a foreign document, and which of its fields were read. */
export class ForeignNotes {
  private readonly found = new Map<string, Problem>();
  private faults = 0;
  private readonly read = new Map<YamlDocument, Map<string, 'entered' | 'taken'>>();

  get problems(): readonly Problem[] {
    return [...this.found.values()];
  }

  /** How many errors there are: more than before means that what was read since is faulty. */
  get errors(): number {
    return this.faults;
  }

  /** Once, however many objectives share the field. */
  add(problem: Problem): void {
    const key = JSON.stringify(problem);
    if (this.found.has(key)) return;
    this.found.set(key, problem);
    if (problem.severity === 'error') this.faults += 1;
  }

  mark(document: YamlDocument, path: Path, how: 'entered' | 'taken'): void {
    const marks = this.read.get(document) ?? new Map<string, 'entered' | 'taken'>();
    const key = JSON.stringify(path);
    if (marks.get(key) !== 'taken') marks.set(key, how);
    this.read.set(document, marks);
  }

  marked(document: YamlDocument, path: Path): 'entered' | 'taken' | undefined {
    return this.read.get(document)?.get(JSON.stringify(path));
  }
}

/**
 * A field of a foreign document. Reading it is remembered, so that whatever nobody read can be told
 * as not carried over: nothing is dropped silently.
 */
export class Field {
  constructor(
    readonly document: YamlDocument,
    readonly path: Path,
    readonly notes: ForeignNotes,
  ) {}

  get value(): unknown {
    return this.path.reduce<unknown>(
      (value, key) => (isContainer(value) ? value[key] : undefined),
      this.document.value,
    );
  }

  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  get key(): string {
    const key = this.path.at(-1);
    return typeof key === 'number' ? `entry ${key + 1}` : (key ?? 'the document');
  }

  /** A field within this one, whether it is there or not. */
  at(key: string | number): Field {
    const field = this.unread(key);
    if (field.present) this.notes.mark(this.document, field.path, 'entered');
    return field;
  }

  /** The first of several spellings that is there, or the first spelling. */
  either(...keys: readonly [string, ...string[]]): Field {
    return this.at(keys.find((key) => this.keys().includes(key)) ?? keys[0]);
  }

  keys(): readonly string[] {
    const { value } = this;
    return isContainer(value) && !Array.isArray(value) ? Object.keys(value) : [];
  }

  /** A mapping, which may be absent; anything else is complained of. */
  mapping(): this {
    if (this.present && (!isContainer(this.value) || Array.isArray(this.value))) {
      this.wrong('a mapping of keys to values');
    }
    return this;
  }

  items(): readonly Field[] {
    const { value } = this;
    if (!Array.isArray(value)) {
      if (this.present) this.wrong('a list');
      return [];
    }
    return value.map((_, index) => this.at(index));
  }

  /** The entries of a list that must have some. */
  someItems(allowed: string): readonly Field[] {
    const items = this.items();
    if (!this.present || (Array.isArray(this.value) && items.length === 0)) this.absent(allowed);
    return items;
  }

  /** A scalar digit for digit as it was written; null when absent. */
  text(): string | null {
    if (!this.present) return null;
    this.take();
    if (isContainer(this.value)) {
      this.wrong('text');
      return null;
    }
    return this.document.written(this.path).trim();
  }

  /** The same where it must not be absent or empty. */
  required(meaning: string): string | null {
    const text = this.text();
    if (text !== null && text !== '') return text;
    // A mapping or a list has been complained of already.
    if (!isContainer(this.value)) this.absent(meaning);
    return null;
  }

  /** Complains of a value that is not there; a key beside it that nobody reads may be it, misspelt. */
  private absent(allowed: string): void {
    const parent = new Field(this.document, this.path.slice(0, -1), this.notes);
    const unread = parent
      .keys()
      .filter((key) => this.notes.marked(this.document, [...parent.path, key]) === undefined);
    const how = this.value === undefined ? `is missing${wasItMeant(this.key, unread)}` : 'is empty';
    this.error(`${this.key} ${how}, allowed: ${allowed}`);
  }

  flag(): boolean | null {
    if (!this.present) return null;
    this.take();
    if (typeof this.value === 'boolean') return this.value;
    this.wrong('true or false');
    return null;
  }

  oneOf<T extends string>(...allowed: readonly T[]): T | null {
    const text = this.text();
    const word = allowed.find((each) => each.toLowerCase() === text?.toLowerCase());
    if (text === null || word !== undefined) return word ?? null;
    this.error(
      `${this.key} is ${shown(text)}${didYouMean(text, allowed)}, allowed: ${allowed.join(', ')}`,
    );
    return null;
  }

  take(): void {
    this.notes.mark(this.document, this.path, 'taken');
  }

  /** Read, and known to have no counterpart here. */
  drop(reason: string): void {
    if (!this.present || isEmpty(this.value)) return;
    this.take();
    this.warning(`not carried over: ${reason}`);
  }

  wrong(allowed: string): void {
    this.error(`${this.key} is ${shown(this.value)}, allowed: ${allowed}`);
  }

  error(message: string): void {
    this.notes.add(this.document.error(this.path, message));
  }

  warning(message: string): void {
    this.notes.add(this.document.warning(this.path, message));
  }

  /** The value of a rule of the domain or of PromQL, or null with the broken rule as a problem. */
  attempt<T>(rule: () => T): T | null {
    try {
      return rule();
    } catch (error) {
      if (error instanceof InvalidValue) this.error(error.message);
      else if (error instanceof PromqlError) this.promqlError(error);
      else throw error;
      return null;
    }
  }

  private promqlError({ message, offset }: PromqlError): void {
    const place = this.document.placeWithin(this.path, offset);
    this.notes.add({
      severity: 'error',
      place,
      path: pathText(this.path),
      message: `${this.key} is ${shown(this.value)}: ${message}`,
    });
  }

  /** Warns of every part that was not read, field by field; a list is one field. */
  warnOfTheRest(): void {
    if (this.notes.marked(this.document, this.path) === 'taken') return;
    for (const key of this.childKeys()) this.unread(key).warnIfUnread();
  }

  private warnIfUnread(): void {
    const mark = this.notes.marked(this.document, this.path);
    if (mark === 'taken' || isEmpty(this.value)) return;
    const isList = Array.isArray(this.value);
    if (isContainer(this.value) && (mark === 'entered' || !isList)) {
      this.warnOfTheRest();
      return;
    }
    this.notes.add({
      ...this.document.warning(this.path, 'not carried over: it has no counterpart here'),
      place: this.document.keyPlace(this.path),
    });
  }

  private childKeys(): readonly (string | number)[] {
    return Array.isArray(this.value) ? [...this.value.keys()] : this.keys();
  }

  private unread(key: string | number): Field {
    return new Field(this.document, [...this.path, key], this.notes);
  }
}

function isContainer(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Nothing is lost with it. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return isContainer(value) && Object.keys(value).length === 0;
}
