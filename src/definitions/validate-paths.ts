import { stat } from 'node:fs/promises';
import type { Problem } from '../yaml/problem';
import { compositeProblems } from './composite-checks';
import { listDefinitionFiles, readDefinitionFile } from './definition-files';
import { OpenSloShelf } from './openslo-shelf';
import { distinct, readDefinitions, withoutDuplicates } from './read-definitions';
import type { ReadOptions } from './read-options';
import type { PlacedSlo } from './reading';
import { unreadable } from './succession';

export interface Validation {
  readonly files: readonly string[];
  readonly slos: readonly PlacedSlo[];
  readonly problems: readonly Problem[];
}

/** Reads definition files, and directories of them, without a service. They may refer to each other. */
export async function validatePaths(
  paths: readonly string[],
  options: Partial<ReadOptions> = {},
): Promise<Validation> {
  const files = new Set<string>();
  const problems: Problem[] = [];
  for (const path of paths) {
    const directory = await stat(path).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    if (!directory) files.add(path);
    else {
      const listing = await listDefinitionFiles(path);
      listing.files.forEach((file) => files.add(file));
      problems.push(...listing.unreadable.map((entry) => unreadable(entry.path, entry.reason)));
      if (listing.files.length === 0)
        problems.push(unreadable(path, 'it holds no .yaml, .yml or .json file'));
    }
  }
  const texts = new Map<string, string>();
  for (const file of files) {
    const text = await readDefinitionFile(file);
    if (text.kind === 'text') texts.set(file, text.text);
    else problems.push(unreadable(file, text.kind === 'gone' ? 'it does not exist' : text.reason));
  }
  const shelf = OpenSloShelf.of(texts);
  const readings = [...texts].map(([file, text]) =>
    readDefinitions(text, file, { ...options, shelf }),
  );
  const { kept, duplicates } = withoutDuplicates(readings.flatMap(({ slos }) => slos));
  problems.push(...readings.flatMap((reading) => reading.problems));
  problems.push(...duplicates, ...compositeProblems(kept, 'error'));
  return { files: [...files], slos: kept, problems: distinct(problems) };
}
