/** Beyond it the oldest is forgotten; that costs a deadline, nothing else. */
const MOST = 1_000;

/**
 * Questions that came to no end and held up those they were joined with: they are asked alone until
 * they are answered. Kept for economy only; another replica finds out for itself.
 */
export class Suspects {
  private readonly questions = new Set<string>();

  has(datasource: string, query: string): boolean {
    return this.questions.has(keyOf(datasource, query));
  }

  add(datasource: string, query: string): void {
    this.questions.add(keyOf(datasource, query));
    const [oldest] = this.questions;
    if (this.questions.size > MOST && oldest !== undefined) this.questions.delete(oldest);
  }

  clear(datasource: string, query: string): void {
    this.questions.delete(keyOf(datasource, query));
  }
}

function keyOf(datasource: string, query: string): string {
  return JSON.stringify([datasource, query]);
}
