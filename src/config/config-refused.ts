/** The configuration has faults: the start stops, and every one of them is told. */
export class ConfigRefused extends Error {
  constructor(
    /** Each names the file, line and key or the variable, its value unless secret, and what is allowed. */
    readonly problems: readonly string[],
  ) {
    super(`the configuration is refused:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigRefused';
  }
}
