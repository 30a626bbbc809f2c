/** What keeps going wrong, said when it begins, changes and ends, not with each attempt. */
export class Trouble {
  private now: string | null = null;

  constructor(
    private readonly say: {
      readonly begins: (error: Error) => void;
      readonly ends: () => void;
    },
  ) {}

  /** @param error null: nothing is wrong */
  note(error: Error | null): void {
    const trouble = error?.message ?? null;
    if (trouble === this.now) return;
    this.now = trouble;
    if (error === null) this.say.ends();
    else this.say.begins(error);
  }
}
