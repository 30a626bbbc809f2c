import { useRef, useState } from 'preact/hooks';
import { ApiFailure } from '../../api/failure';

/** A question that is asked when somebody wants it. */
export interface Asking<T> {
  readonly state:
    | { readonly kind: 'not-asked' | 'pending' }
    | { readonly kind: 'answered'; readonly data: T }
    | { readonly kind: 'refused'; readonly failure: ApiFailure };
  readonly start: (load: (signal: AbortSignal) => Promise<T>) => Promise<T | null>;
  readonly forget: () => void;
}

/** The newest question counts; what was asked before is given up. */
export function useAsking<T>(): Asking<T> {
  const [state, setState] = useState<Asking<T>['state']>({ kind: 'not-asked' });
  const running = useRef<AbortController | null>(null);
  return {
    state,
    start: async (load) => {
      running.current?.abort();
      const own = new AbortController();
      running.current = own;
      setState({ kind: 'pending' });
      try {
        const data = await load(own.signal);
        if (running.current === own) setState({ kind: 'answered', data });
        return data;
      } catch (error) {
        if (running.current !== own || own.signal.aborted) return null;
        if (!(error instanceof ApiFailure)) throw error;
        setState({ kind: 'refused', failure: error });
        return null;
      }
    },
    forget: () => {
      running.current?.abort();
      running.current = null;
      setState({ kind: 'not-asked' });
    },
  };
}
