import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Progress, type Screen } from './progress';

class Terminal extends PassThrough {
  isTTY = true;
  columns = 80;
  text = '';

  constructor() {
    super();
    this.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
  }

  // What a bar asks of a terminal's stream.
  cursorTo = () => true;
  moveCursor = () => true;
  clearLine = () => true;
}

async function drawn(screen: Terminal | (PassThrough & Screen), shownAfterMs: number) {
  const progress = new Progress('reading history', screen, shownAfterMs);
  progress.expect(4);
  await sleep(20);
  progress.advance();
  progress.expect(4);
  progress.advance();
  progress.stop();
  return progress;
}

describe('a progress bar', () => {
  it('says on a terminal what is being done and how far it is', async () => {
    const screen = new Terminal();
    await drawn(screen, 1);
    expect(screen.text).toContain('reading history');
    expect(screen.text).toContain('of 4');
    expect(screen.text).not.toContain('\u001b[3');
  });

  it('counts where nobody knows the end', async () => {
    const screen = new Terminal();
    const progress = new Progress('writing the report, kB', screen, 1);
    await sleep(20);
    progress.advance(1234.6);
    progress.stop();
    expect(screen.text).toContain('writing the report, kB …');
    expect(screen.text).toContain('writing the report, kB 1235');
    expect(screen.text).not.toMatch(/%|of 0|NaN/);
  });

  it('is not shown for what is soon done', async () => {
    const screen = new Terminal();
    await drawn(screen, 60_000);
    expect(screen.text).toBe('');
  });

  it('is not written into a file or a pipe', async () => {
    const pipe = new PassThrough();
    await drawn(pipe, 1);
    expect(pipe.read()).toBeNull();
  });
});
