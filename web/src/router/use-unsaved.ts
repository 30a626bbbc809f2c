import { useEffect, useRef } from 'preact/hooks';
import { holdPage } from './place';

/**
 * Asks before something that is not saved is lost: by a link, by the way back, by closing the tab.
 *
 * @returns lets go, once it is saved
 */
export function useUnsaved(isUnsaved: boolean, question: string): () => void {
  const letGo = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const stop = holdPage(() => window.confirm(question));
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    letGo.current = () => {
      stop();
      removeEventListener('beforeunload', ask);
    };
    return letGo.current;
  }, [isUnsaved, question]);
  return () => {
    letGo.current();
  };
}
