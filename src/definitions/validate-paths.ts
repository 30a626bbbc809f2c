import { stat } from 'node:fs/promises';
import type { Problem } from '../yaml/problem';
import { listDefinitionFiles, readDefinitionFile } from './definition-files';
import { readDefinitions, withoutDuplicates } from './read-definitions';
import type { PlacedSlo } from './reading';
import { unreadable } from './succession';

export interface Validation {
  readonly files: readonly string[];
  readonly slos: readonly PlacedSlo[];
  readonly problems: readonly Problem[];
}

/**
 * Reads definition files, and directories of them, without a service.
 *
 * @param datasources the names an SLO may ask, or null where they are not known
 */
export async function validatePaths(
  paths: readonly string[],
  datasources: readonly string[] | null = null,
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
  const slos: PlacedSlo[] = [];
  for (const file of files) {
    const text = await readDefinitionFile(file);
    if (text.kind !== 'text') {
      problems.push(unreadable(file, text.kind === 'gone' ? 'it does not exist' : text.reason));
      continue;
    }
    const reading = readDefinitions(text.text, file, datasources);
    slos.push(...reading.slos);
    problems.push(...reading.problems);
  }
  const { kept, duplicates } = withoutDuplicates(slos);
  return { files: [...files], slos: kept, problems: [...problems, ...duplicates] };
}
