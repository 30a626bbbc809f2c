/** How long at least one of several tasks was under way; what runs at once counts once. */
export class BusyTime {
  private underWay = 0;
  private since = 0;
  private milliseconds = 0;

  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.underWay === 0) this.since = performance.now();
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) this.milliseconds += performance.now() - this.since;
    }
  }

  /** Milliseconds since the last call. */
  taken(): number {
    const taken = this.milliseconds;
    this.milliseconds = 0;
    return taken;
  }
}
