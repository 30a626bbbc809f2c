import { InvalidValue } from '../domain/invalid-value';
import { PromqlError } from '../promql/promql-error';
import { pathText, type Path, type Problem } from '../yaml/problem';
import { shown } from '../yaml/shown';
import type { SchemaProblem } from '../yaml/schema-check';
import type { YamlDocument } from '../yaml/yaml-document';

/** Collects what is wrong with one SLO, so that several faults are told at once. */
export class Findings {
  private readonly found: Problem[] = [];

  constructor(
    readonly document: YamlDocument,
    /** Where the SLO stands; paths given to the methods begin there. */
    private readonly root: Path,
    /** What the schema says of this SLO. */
    private readonly malformed: readonly SchemaProblem[],
  ) {
    this.found.push(...malformed.map(({ at: _, ...problem }) => problem));
  }

  get problems(): readonly Problem[] {
    return this.found;
  }

  /** Whether a value has the form that the schema promises, so that its meaning can be checked. */
  sound(...path: Path): boolean {
    const full = [...this.root, ...path];
    return !this.malformed.some(({ at }) => {
      const shared = Math.min(at.length, full.length);
      return full.slice(0, shared).every((key, index) => key === at[index]);
    });
  }

  get faulty(): boolean {
    return this.found.some(({ severity }) => severity === 'error');
  }

  written(path: Path): string {
    return this.document.written([...this.root, ...path]);
  }

  error(path: Path, message: string): void {
    this.found.push(this.document.error([...this.root, ...path], message));
  }

  warning(path: Path, message: string): void {
    this.found.push(this.document.warning([...this.root, ...path], message));
  }

  /** The value of a rule of the domain or of PromQL, or null with the broken rule as a problem. */
  attempt<T>(path: Path, rule: () => T): T | null {
    try {
      return rule();
    } catch (error) {
      if (error instanceof InvalidValue) this.error(path, error.message);
      else if (error instanceof PromqlError) this.promqlError(path, error);
      else throw error;
      return null;
    }
  }

  private promqlError(path: Path, { message, offset, query }: PromqlError): void {
    const at = [...this.root, ...path];
    this.found.push({
      severity: 'error',
      place: this.document.placeWithin(at, offset),
      path: pathText(at),
      message: `${String(path.at(-1))} is ${shown(query)}: ${message}`,
    });
  }
}
