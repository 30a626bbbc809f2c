import type { ComposedRegistry } from '../definitions/composed-registry';
import type { PlacedSlo } from '../definitions/reading';
import type { PastDefinitions } from '../definitions/registry';
import { type Slo, sloId } from '../domain/slo';
import type { Problem } from '../yaml/problem';
import { dependentComposites, ownComposites } from './composite-doubts';
import type { Change, ChangeOptions, DefinitionChanges } from './definition-changes';
import { type BodyRead, readBody, refuseFaults, soundBody } from './read-body';
import { ChangeRefused } from './refusals';
import { renameWarnings } from './rename-warnings';

export type Name = Pick<Slo, 'service' | 'name'>;

/** What was changed, and what the text is warned of. */
export interface Edited {
  readonly changes: readonly Change[];
  readonly warnings: readonly Problem[];
}

/** What the data sources have against the SLOs of a text: errors refuse it, warnings come with it. */
export type AtSources = (text: string, slos: readonly PlacedSlo[]) => Promise<readonly Problem[]>;

/** What people and scripts do with definitions: a text in, changes or complaints out. */
export class EditDefinitions {
  /** @param datasources that an SLO may name */
  constructor(
    private readonly changes: DefinitionChanges,
    private readonly registry: ComposedRegistry,
    private readonly past: PastDefinitions,
    private readonly datasources: readonly string[],
    private readonly atSources: AtSources,
  ) {}

  /** Every SLO of the text, or none; what the text does not name stays as it is. */
  async apply(text: string, options: ChangeOptions): Promise<Edited> {
    const read = soundBody(text, { datasources: this.datasources });
    if (read.slos.length === 0) throw new ChangeRefused(422, 'the body defines no SLO');
    return this.define(text, read, options);
  }

  /** The one SLO of the text, which must have this name or none. */
  async put(name: Name, text: string, options: ChangeOptions): Promise<Edited> {
    const read = soundBody(text, { datasources: this.datasources, lone: name });
    const names = read.slos.map(({ slo }) => sloId(slo));
    if (names.length !== 1 || names[0] !== sloId(name)) {
      const defines = names.length === 0 ? 'no SLO' : names.join(', ');
      throw new ChangeRefused(422, `the body defines ${defines}, allowed: ${sloId(name)} alone`);
    }
    return this.define(text, read, options);
  }

  async delete(name: Name, options: ChangeOptions): Promise<Edited> {
    const warnings = dependentComposites([], [name], this.registry);
    const changes = await this.changes.make([{ ...name, placed: null }], options);
    return { changes, warnings };
  }

  /** Everything there is to say of a text, without saving it. */
  async validate(text: string): Promise<BodyRead> {
    const read = readBody(text, { datasources: this.datasources });
    const files = new Map(this.registry.byFiles().map((each) => [sloId(each.slo), each.place]));
    const fileDefined = read.slos.flatMap(({ slo, place }): readonly Problem[] => {
      const file = files.get(sloId(slo));
      if (file === undefined) return [];
      const message = `${sloId(slo)} is defined in ${file.file}:${file.line}, allowed: a change of that file`;
      return [{ severity: 'warning', place, path: '', message }];
    });
    const renames = await renameWarnings(read.slos, this.registry, this.past);
    const atSources = await this.atSources(text, read.slos);
    const composites = [
      ...ownComposites(read.slos, this.registry),
      ...dependentComposites(read.slos, [], this.registry),
    ];
    const problems = [...read.problems, ...atSources, ...fileDefined, ...renames, ...composites];
    return { ...read, problems };
  }

  private async define(text: string, read: BodyRead, options: ChangeOptions): Promise<Edited> {
    const atSources = await this.atSources(text, read.slos);
    refuseFaults([...atSources, ...ownComposites(read.slos, this.registry)], text);
    const wanted = read.slos.map((placed) => {
      const { service, name } = placed.slo;
      return { service, name, placed };
    });
    const renames = await renameWarnings(read.slos, this.registry, this.past);
    const dependent = dependentComposites(read.slos, [], this.registry);
    const changes = await this.changes.make(wanted, options);
    return { changes, warnings: [...read.problems, ...atSources, ...renames, ...dependent] };
  }
}
