import { withinRequest } from './request-context';
import { StructuredLogger } from './structured-logger';

function logged(
  write: (logger: StructuredLogger) => void,
  config: Partial<ConstructorParameters<typeof StructuredLogger>[0]> = {},
): string[] {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  write(new StructuredLogger({ logLevel: 'info', logFormat: 'json', ...config }, destination));
  return lines;
}

function entry(write: (logger: StructuredLogger) => void): unknown {
  const lines = logged(write);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}

const timestamp: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('a log line', () => {
  it.each([
    ['log', 'INFO'],
    ['warn', 'WARN'],
    ['error', 'ERROR'],
    ['fatal', 'FATAL'],
  ] as const)('of %s has the level %s, its context and nothing else', (method, level) => {
    const line = entry((logger) => {
      logger[method]('it happened', 'Room');
    });
    expect(line).toEqual({ timestamp, level, message: 'it happened', context: 'Room' });
  });

  it('says whose request it belongs to', () => {
    const request = { requestId: 'r1', ipAddress: '::1', userId: 'admin' };
    const line = entry((logger) => {
      withinRequest(request, () => {
        logger.log('inside', 'Room');
      });
    });
    expect(line).toMatchObject({ request_id: 'r1', user_id: 'admin', ip_address: '::1' });
  });

  it('holds an error with its stack and cause', () => {
    const error = new Error('outer', { cause: new RangeError('inner') });
    const line = entry((logger) => {
      logger.error(error, 'Room');
    });
    expect(line).toMatchObject({
      message: 'outer',
      error: {
        type: 'Error',
        stack: expect.stringContaining('structured-logger.spec') as unknown,
        cause: { type: 'RangeError', message: 'inner' },
      },
    });
  });

  it('takes a stack as Nest hands it over', () => {
    const line = entry((logger) => {
      logger.error('failed', 'Error: x\n    at here', 'Room');
    });
    expect(line).toMatchObject({ message: 'failed', stack: 'Error: x\n    at here' });
  });

  it('takes fields beside a message', () => {
    const line = entry((logger) => {
      logger.log('tick', { slos: 5 }, 'Collection');
    });
    expect(line).toMatchObject({ message: 'tick', slos: 5, context: 'Collection' });
  });

  it('cannot be split or forged by what is logged', () => {
    const lines = logged((logger) => {
      logger.log('a\n{"level":"FATAL"}\u001b[31m', 'Room');
    });
    expect(lines).toHaveLength(1);
    // eslint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(lines[0]?.trimEnd()).not.toMatch(/[\u0000-\u001f]/);
  });

  it('of Nest about its own start is for debugging', () => {
    const write = (logger: StructuredLogger) => {
      logger.log('Mapped {/slos, GET} route', 'RouterExplorer');
    };
    expect(logged(write)).toEqual([]);
    expect(logged(write, { logLevel: 'debug' })).toHaveLength(1);
  });

  it('is not written below the level', () => {
    const write = (logger: StructuredLogger) => {
      logger.log('quiet', 'Room');
      logger.debug('quieter', 'Room');
      logger.verbose('quietest', 'Room');
      logger.warn('heard', 'Room');
    };
    expect(logged(write, { logLevel: 'warn' })).toHaveLength(1);
    expect(logged(write, { logLevel: 'debug' })).toHaveLength(4);
  });

  it('reads as a sentence for people', () => {
    const [line] = logged(
      (logger) => {
        logger.log('tick done', { slos: 5, source: 'default' }, 'Collection');
      },
      { logFormat: 'pretty' },
    );
    expect(line).toMatch(
      /^\d{4}-\d\d-\d\d [\d:.]+ INFO {2}\[Collection\] tick done slos=5 source="?default"?\n$/,
    );
  });

  it('shows people the stack too', () => {
    const [line] = logged(
      (logger) => {
        logger.error(new Error('broken'), 'Room');
      },
      { logFormat: 'pretty' },
    );
    expect(line).toMatch(/ERROR \[Room\] broken\nError: broken\n\s+at /);
  });
});
