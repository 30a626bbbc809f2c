/** PromQL that does not parse, or that asks for something Slowburn cannot count. */
export class PromqlError extends Error {
  constructor(
    message: string,
    /** Position in the text, counted from 0. */
    readonly offset: number,
    readonly query: string,
  ) {
    super(message);
    this.name = 'PromqlError';
  }
}
