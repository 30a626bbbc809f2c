import { useEffect, useState } from 'preact/hooks';

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
