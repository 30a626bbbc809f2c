import { ConfigRefused } from '../../src/config/config-refused';
import { loadConfig, type LoadedConfig } from '../../src/config/load-config';

/** @param file what the file that SLOWBURN_CONFIG names says; there is none where it is left out */
export function load(env: Readonly<Record<string, string>> = {}, file?: string): LoadedConfig {
  return loadConfig(env, (path) => {
    if (file === undefined)
      throw Object.assign(new Error('no such file'), { code: 'ENOENT', path });
    return file;
  });
}

/** Why it does not start. */
export function refused(env: Readonly<Record<string, string>>, file?: string): readonly string[] {
  try {
    load(env, file);
  } catch (error) {
    if (error instanceof ConfigRefused) return error.problems;
    throw error;
  }
  throw new Error('it was accepted');
}
