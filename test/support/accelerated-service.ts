import { bootstrap } from '../../src/main';
import { AcceleratedClock, type TimeLine } from './accelerated-clock';

/**
 * The real application on a clock that a test sets: the time line comes in `TIME_LINE` and, while
 * it runs, over the channel to the process that started it.
 */
function main(): void {
  const clock = new AcceleratedClock(JSON.parse(process.env['TIME_LINE'] ?? 'null') as TimeLine);
  process.on('message', (line) => {
    clock.follow(line as TimeLine);
    process.send?.('followed');
  });
  // Nobody is left to stop it.
  process.once('disconnect', () => process.exit(1));
  bootstrap(clock).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}

main();
