/** A server-sent event. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/**
 * Reads server-sent events off a stream of text. Not the browser's EventSource: that cannot send a
 * token, and an address is no place for one.
 */
export async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const read = readEvents(rest + decoder.decode(value, { stream: true }));
      rest = read.rest;
      yield* read.events;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
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
