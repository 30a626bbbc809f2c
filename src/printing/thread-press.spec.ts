import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { oddReport } from '../../test/support/odd-report';
import { REPORT_FORMATS } from '../reports/formats/formats';
import type { ReportFormat } from '../reports/formats/report-format';
import { ThreadPress } from './thread-press';

/** A thread that writes one piece in `en` and none in `pt`. */
const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads');
let written = false;
parentPort.on('message', (message) => {
  if (message === 'go on') parentPort.postMessage({ kind: 'end' });
  else if (message.around && workerData.language === 'en') {
    parentPort.postMessage({ kind: 'piece', piece: workerData.format });
  }
});
`;

const format = (name: string): ReportFormat => {
  const found = REPORT_FORMATS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const PDF = format('pdf');

describe('a press with threads', () => {
  let dir: string;
  let press: ThreadPress;
  let streams: Readable[];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'slowburn-press-'));
    await writeFile(join(dir, 'thread.cjs'), SCRIPT);
    await writeFile(join(dir, 'broken.cjs'), `throw new Error('no such font');`);
  });
  afterAll(() => rm(dir, { recursive: true }));
  beforeEach(() => {
    press = new ThreadPress(join(dir, 'thread.cjs'));
    streams = [];
  });
  afterEach(() => {
    for (const stream of streams) stream.destroy();
  });

  const print = (language: 'en' | 'pt', of = press, cut?: AbortSignal) => {
    const stream = of.print(PDF, oddReport(), language, cut);
    // Nobody listens to those that are only there.
    stream.on('error', () => undefined).resume();
    streams.push(stream);
    return stream;
  };
  const whole = async (stream: Readable) => String(Buffer.concat(await stream.toArray()));
  const turns = async () => {
    for (let k = 0; k < 20; k += 1) await new Promise(setImmediate);
  };

  it('hands on what a thread writes, and gives its place back', async () => {
    for (let k = 0; k < 5; k += 1) {
      expect(await whole(press.print(PDF, oddReport(), 'en'))).toBe('pdf');
    }
  });

  it('says what went wrong in a thread, and gives its place back', async () => {
    const broken = new ThreadPress(join(dir, 'broken.cjs'));
    for (let k = 0; k < 3; k += 1) {
      await expect(whole(broken.print(PDF, oddReport(), 'en'))).rejects.toThrow('no such font');
    }
  });

  it('stops a thread that is busy when its reader leaves', async () => {
    const [first] = [print('pt'), print('pt')];
    const third = whole(press.print(PDF, oddReport(), 'en'));
    await turns();
    first.destroy();
    expect(await third).toBe('pdf');
  });

  it('stops a thread when it is cut', async () => {
    const cut = new AbortController();
    print('pt');
    const second = press.print(PDF, oddReport(), 'pt', cut.signal);
    const third = whole(press.print(PDF, oddReport(), 'en'));
    cut.abort();
    await expect(whole(second)).rejects.toThrow('aborted');
    expect(await third).toBe('pdf');
  });

  it('is busy while eight wait, for what needs a thread; who leaves waits no longer', async () => {
    for (let k = 0; k < 9; k += 1) print('pt');
    await turns();
    expect(press.isBusy(PDF)).toBe(false);
    const tenth = print('pt');
    await turns();
    expect([press.isBusy(PDF), press.isBusy(format('html'))]).toEqual([true, false]);
    tenth.destroy();
    await turns();
    expect(press.isBusy(PDF)).toBe(false);
  });

  it('begins nothing for a reader who has left before', async () => {
    const never = press.print(PDF, oddReport(), 'pt');
    never.destroy();
    await turns();
    const [first, second] = [print('en'), print('en')];
    await Promise.all([first, second].map((each) => new Promise((end) => each.once('end', end))));
  });
});
