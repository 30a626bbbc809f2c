import { useEffect, useState } from 'preact/hooks';

/** More than any window shows. */
const FIRST = 60;
const STEP = 200;

/**
 * How many of so many lines to draw: at first those that can be seen, the others right after that, in
 * portions that leave room for a click.
 */
export function useGrowing(count: number): number {
  const [limit, setLimit] = useState(FIRST);
  useEffect(() => {
    if (limit >= count) return undefined;
    const timer = setTimeout(() => {
      setLimit(limit + STEP);
    }, 30);
    return () => {
      clearTimeout(timer);
    };
  }, [limit, count]);
  return limit;
}
