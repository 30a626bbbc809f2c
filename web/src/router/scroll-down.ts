/** A page that has to ask for its content first is as long as it was after so long, or never. */
const LONGEST_MS = 2_000;
const HANDS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/**
 * Shows a place of the page, again while the page still grows to it; whoever scrolls meanwhile goes
 * first.
 *
 * @param depth pixels from the top
 * @returns the way to stop
 */
export function scrollDown(depth: number): () => void {
  const until = performance.now() + LONGEST_MS;
  let frame = 0;
  const stop = () => {
    cancelAnimationFrame(frame);
    for (const hand of HANDS) removeEventListener(hand, stop);
  };
  const step = (now: number) => {
    window.scrollTo(0, depth);
    if (Math.abs(scrollY - depth) < 1 || now > until) stop();
    else frame = requestAnimationFrame(step);
  };
  for (const hand of HANDS) addEventListener(hand, stop);
  step(performance.now());
  return stop;
}
