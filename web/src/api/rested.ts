import { useEffect, useRef, useState } from 'preact/hooks';
import type { Asked } from './answers';

/** The value once it has not changed for a while: what follows a hand asks when the hand rests. */
export function useRested<T>(value: T, restMs: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(() => value);
    }, restMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value, restMs]);
  return rested;
}

/** The last answer stays until that to the next question comes, so that nothing jumps meanwhile. */
export function useKept<T>(answer: Asked<T>): Asked<T> {
  const last = useRef<T | undefined>(undefined);
  if (answer.data !== undefined) last.current = answer.data;
  return { ...answer, data: answer.data ?? last.current };
}
