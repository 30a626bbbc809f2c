import fc from 'fast-check';
import { eventsOf, readEvents, type ServerEvent, SilentStream } from './event-stream';

const TEXT = ': hello\n\nevent: figures\ndata: {"at":1}\nid: 7\n\ndata: a\ndata:b\n\nretry: 5\n\n';
const EVENTS = [
  { event: 'figures', data: '{"at":1}' },
  { event: 'message', data: 'a\nb' },
];

describe('server-sent events', () => {
  it.each(['\n', '\r\n', '\r'])('end their lines with %j', (end) => {
    const text = `${TEXT.replaceAll('\n', end)}event: half`;
    expect(readEvents(text)).toEqual({ events: EVENTS, rest: 'event: half' });
  });

  it('are the same, however the stream is cut', async () => {
    const bytes = new TextEncoder().encode(
      TEXT.replace('data: a', 'data: ã€😀').replaceAll('\n', '\r\n'),
    );
    const wanted = await all([bytes]);
    expect(wanted).toHaveLength(2);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const parts = places.slice(1).map((to, k) => bytes.slice(places[k], to));
        expect(await all(parts)).toEqual(wanted);
      }),
    );
  });

  it('end with an error when nothing comes any more, not even a comment', async () => {
    let isGivenUp = false;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(TEXT));
      },
      cancel: () => {
        isGivenUp = true;
      },
    });
    const found: ServerEvent[] = [];
    const read = async () => {
      for await (const event of eventsOf(stream, 20)) found.push(event);
    };
    await expect(read()).rejects.toThrow(SilentStream);
    expect(found).toEqual(EVENTS);
    expect(isGivenUp).toBe(true);
  });
});

async function all(parts: readonly Uint8Array[]): Promise<readonly ServerEvent[]> {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
  const found: ServerEvent[] = [];
  for await (const event of eventsOf(stream, 10_000)) found.push(event);
  return found;
}
