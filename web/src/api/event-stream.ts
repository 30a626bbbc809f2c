/** A server-sent event. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/**
 * Reads server-sent events off a stream of text. Not the browser's EventSource: that cannot send a
 * token, and an address is no place for one.
 *
 * @param silentMs without a byte for so long the other end is taken for gone: a connection that a
 *   sleeping computer or a proxy lost ends by no other sign
 * @throws {SilentStream}
 */
export async function* eventsOf(
  stream: ReadableStream<Uint8Array>,
  silentMs: number,
): AsyncGenerator<ServerEvent> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await within(silentMs, reader.read());
      if (done) return;
      const read = readEvents(rest + decoder.decode(value, { stream: true }));
      rest = read.rest;
      yield* read.events;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Nothing came any more, not even what keeps a connection open. */
export class SilentStream extends Error {
  override readonly name = 'SilentStream';
}

async function within<T>(ms: number, awaited: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new SilentStream(`nothing came for ${String(ms)} ms`));
    }, ms);
  });
  try {
    return await Promise.race([awaited, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** The whole events of a text, and what has only begun. */
export function readEvents(text: string): {
  readonly events: readonly ServerEvent[];
  readonly rest: string;
} {
  // A carriage return at the end may be half of a line end.
  const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
  const blocks = whole.replace(/\r\n?/g, '\n').split('\n\n');
  const rest = (blocks.pop() ?? '') + (whole === text ? '' : '\r');
  return { events: blocks.flatMap(eventOf), rest };
}

/** None of a block without data, such as a comment that keeps the line open. */
function eventOf(block: string): readonly ServerEvent[] {
  const fields = block.split('\n').map((line) => /^([^:]*)(?:: ?(.*))?$/s.exec(line));
  const of = (name: string) =>
    fields.flatMap((found) => (found?.[1] === name ? [found[2] ?? ''] : []));
  const data = of('data');
  return data.length === 0
    ? []
    : [{ event: of('event').at(-1) ?? 'message', data: data.join('\n') }];
}
