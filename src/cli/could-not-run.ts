/** The command had no answer to give; exit code 2. The message is for people. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
}
