import { type FSWatcher, watch } from 'node:fs';

/** Calls back when directories may have changed: soon after events, and every so often without any. */
export class DirectoryWatch {
  private readonly watchers = new Map<string, FSWatcher>();
  private readonly poll: NodeJS.Timeout;
  private quiet: NodeJS.Timeout | undefined;

  /**
   * @param quietMilliseconds editors and checkouts write in several steps: wait for the last of them
   * @param pollMilliseconds  network mounts raise no events, link swaps not always
   */
  constructor(
    private readonly changed: () => void,
    private readonly quietMilliseconds: number,
    pollMilliseconds: number,
  ) {
    this.poll = setInterval(changed, pollMilliseconds).unref();
  }

  /** Watches these directories and no others. One that cannot be watched is left to the poll. */
  only(directories: readonly string[]): void {
    for (const [directory, watcher] of this.watchers) {
      if (!directories.includes(directory)) this.drop(directory, watcher);
    }
    for (const directory of directories) {
      if (!this.watchers.has(directory)) this.add(directory);
    }
  }

  stop(): void {
    clearInterval(this.poll);
    clearTimeout(this.quiet);
    this.only([]);
  }

  private add(directory: string): void {
    try {
      const watcher = watch(directory, { persistent: false }, () => {
        clearTimeout(this.quiet);
        this.quiet = setTimeout(this.changed, this.quietMilliseconds).unref();
      });
      watcher.on('error', () => {
        this.drop(directory, watcher);
      });
      this.watchers.set(directory, watcher);
    } catch {
      // Out of watches, or gone already: the poll sees to it.
    }
  }

  private drop(directory: string, watcher: FSWatcher): void {
    watcher.close();
    this.watchers.delete(directory);
  }
}
