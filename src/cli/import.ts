import { parseSeconds } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';
import type { Language } from '../definitions/language';
import { nativeDocuments, writeNative } from '../definitions/native-writer';
import { rollingWindow } from '../definitions/native-slo';
import { validatePaths } from '../definitions/validate-paths';
import { coloursWanted } from './colours';
import { CouldNotRun } from './could-not-run';
import { problemText } from './problem-text';
import { mustBeReadable } from './validate';

export interface ImportOptions {
  readonly from: string;
  readonly window?: string;
  readonly json?: boolean;
}

export const IMPORTED: readonly Language[] = ['sloth', 'pyrra', 'openslo'];

/**
 * `slowburn import`: foreign definitions as native YAML on stdout, what is not carried over on
 * stderr. 0 when every document could be read, 1 when one was refused; the others are printed.
 */
export async function importDefinitions(
  paths: readonly string[],
  options: ImportOptions,
): Promise<number> {
  const only = IMPORTED.find((language) => language === options.from);
  if (only === undefined) {
    throw new CouldNotRun(`--from is "${options.from}", allowed: ${IMPORTED.join(', ')}`);
  }
  checkWindow(options.window);
  for (const path of paths) await mustBeReadable(path);
  const window = options.window ?? null;
  const { files, slos, problems } = await validatePaths(paths, { only, window });
  const imported = slos.map(({ slo }) => slo);
  if (options.json === true) {
    console.log(JSON.stringify({ files, documents: nativeDocuments(imported), problems }));
  } else {
    const colours = coloursWanted(process.stderr);
    for (const problem of problems) console.error(problemText(problem, colours));
    if (imported.length > 0) process.stdout.write(writeNative(imported));
  }
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function checkWindow(window: string | undefined): void {
  if (window === undefined) return;
  try {
    rollingWindow(parseSeconds(window), window);
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    throw new CouldNotRun(`--window: ${error.message}`, { cause: error });
  }
}
