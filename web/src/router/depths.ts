/** How far down each entry of the browser's history was read, in pixels. */
const depths = new Map<string, number>();
let here = entryOf(history.state);
let made = 0;

export function watchDepth(): void {
  const note = () => {
    depths.set(here, scrollY);
  };
  addEventListener('scroll', note, { passive: true });
}

/** Leaves the entry that is shown. @returns the state of the next one */
export function nextEntry(): { readonly entry: string } {
  depths.set(here, scrollY);
  made += 1;
  here = `${String(Date.now())}-${String(made)}`;
  return { entry: here };
}

/** After the browser went to an entry of before. @returns how far down it was read then */
export function depthBefore(): number {
  here = entryOf(history.state);
  return depths.get(here) ?? 0;
}

function entryOf(state: unknown): string {
  const { entry } = (state ?? {}) as { readonly entry?: unknown };
  return typeof entry === 'string' ? entry : 'first';
}
