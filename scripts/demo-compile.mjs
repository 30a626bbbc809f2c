import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Compiles the simulator file by file: it belongs to the demo and the tests, not to the service's
 * build. Types are checked by `npm run lint` and the editor, not here.
 */
export async function compileSimulator(from, to) {
  const sources = readdirSync(from, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  const outputOf = (name) => join(to, name.replace(/\.ts$/, '.js'));
  const stale = sources.filter((name) => isOlder(outputOf(name), join(from, name)));
  if (stale.length === 0) return;
  const { default: ts } = await import('typescript');
  for (const name of stale) {
    const { outputText } = ts.transpileModule(readFileSync(join(from, name), 'utf8'), {
      fileName: name,
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
    });
    mkdirSync(dirname(outputOf(name)), { recursive: true });
    writeFileSync(outputOf(name), outputText);
  }
}

/** Whether a made file is missing or older than what it is made of. */
export function isOlder(made, source) {
  const at = statSync(made, { throwIfNoEntry: false })?.mtimeMs;
  return at === undefined || at < statSync(source).mtimeMs;
}
