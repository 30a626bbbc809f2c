/** A number that names one stream of draws: the same text gives the same stream on every machine. */
export function streamOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * The draw of a stream at an instant: no state, so any instant can be asked in any order.
 *
 * @param at whole number, usually epoch seconds
 * @returns above 0 and below 1
 * @see MurmurHash3, its finalizer
 */
export function uniform(stream: number, at: number): number {
  let hash = (stream ^ Math.imul(at, 0x9e3779b1)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return ((hash >>> 0) + 0.5) / 0x1_0000_0000;
}

/** Above this mean a bell curve is as good as the exact sum, and much faster. */
const EXACT_BELOW = 20;

/** How many of arrivals with this mean come, when the draw is `u`. */
export function poisson(mean: number, u: number): number {
  if (mean <= 0) return 0;
  if (mean >= EXACT_BELOW) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(u)));
  let count = 0;
  let term = Math.exp(-mean);
  let sum = term;
  while (sum < u && count < 200) {
    count += 1;
    term *= mean / count;
    sum += term;
  }
  return count;
}

/** How many of `n` meet what each meets with probability `p`, when the draw is `u`. */
export function binomial(n: number, p: number, u: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(n, 1 - p, 1 - u);
  const mean = n * p;
  if (mean < EXACT_BELOW) return Math.min(n, poisson(mean, u));
  const drawn = Math.round(mean + Math.sqrt(mean * (1 - p)) * normal(u));
  return Math.min(n, Math.max(0, drawn));
}

/**
 * The standard normal quantile, to 4.5e-4.
 *
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23
 */
function normal(u: number): number {
  const tail = Math.min(u, 1 - u);
  const t = Math.sqrt(-2 * Math.log(tail));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  const z = t - above / below;
  return u < 0.5 ? -z : z;
}
