import { frame } from './frame';

/** So much of the past is told to whoever comes back. */
const MOST_KEPT = 30;
const MOST_KEPT_BYTES = 2 * 1024 * 1024;

interface Kept {
  readonly number: number;
  readonly text: Buffer;
}

/** The last events, each with an id by which a reader who comes back says what it knows. */
export class Told {
  private last = 0;
  private kept: readonly Kept[] = [];

  /** @param run names this process: another one's numbers mean nothing here */
  constructor(private readonly run: string) {}

  /** The id of the latest event. */
  id(): string {
    return `${this.run}.${this.last}`;
  }

  add(event: string, data: object): Buffer {
    this.last += 1;
    const text = frame(event, data, this.id());
    const kept = [...this.kept, { number: this.last, text }].slice(-MOST_KEPT);
    let bytes = kept.reduce((sum, each) => sum + each.text.length, 0);
    while (bytes > MOST_KEPT_BYTES) bytes -= kept.shift()?.text.length ?? bytes;
    this.kept = kept;
    return text;
  }

  /** What came after an event; null where that is not known any more. */
  after(id: string): readonly Buffer[] | null {
    const [run, text = ''] = id.split('.');
    const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (run !== this.run || Number.isNaN(number) || number > this.last) return null;
    const missed = this.kept.filter((each) => each.number > number);
    return missed.length === this.last - number ? missed.map((each) => each.text) : null;
  }
}
