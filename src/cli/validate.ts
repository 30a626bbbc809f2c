import { access } from 'node:fs/promises';
import { validatePaths } from '../definitions/validate-paths';
import { coloursWanted } from './colours';
import { CouldNotRun } from './could-not-run';
import { counted, problemText } from './problem-text';

/** `slowburn validate`: 0 when there is no error, 1 when there is; warnings alone are good. */
export async function validate(
  paths: readonly string[],
  options: { readonly json?: boolean },
): Promise<number> {
  for (const path of paths) await mustBeReadable(path);
  const { files, slos, problems } = await validatePaths(paths);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (options.json === true) {
    console.log(JSON.stringify({ files, slos: slos.length, problems }));
  } else {
    const colours = coloursWanted();
    for (const problem of problems) console.log(problemText(problem, colours));
    const warnings = problems.length - errors;
    const counts = [
      counted(files.length, 'file'),
      counted(slos.length, 'SLO'),
      counted(errors, 'error'),
      counted(warnings, 'warning'),
    ];
    console.log(counts.join(', '));
  }
  return errors === 0 ? 0 : 1;
}

/** @throws CouldNotRun */
export async function mustBeReadable(path: string): Promise<void> {
  try {
    await access(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CouldNotRun(`${path} cannot be read (${reason}), allowed: files and directories`, {
      cause: error,
    });
  }
}
