/** At a stop, how long what is under way may still take; after the next start it is tried again. */
const FINISH_WITHIN_MS = 3_000;

/** Stops all of them, and cuts off whatever they have not finished in time. */
export async function stopInTime(
  all: readonly { readonly stop: () => Promise<void> }[],
  cut: () => void,
): Promise<void> {
  const late = setTimeout(cut, FINISH_WITHIN_MS);
  await Promise.all(all.map((each) => each.stop()));
  clearTimeout(late);
  cut();
}
