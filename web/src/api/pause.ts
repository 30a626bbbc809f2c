/** So long, or until it is over. */
export function pause(ms: number, ends: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      ends.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    ends.addEventListener('abort', done);
    if (ends.aborted) done();
  });
}
