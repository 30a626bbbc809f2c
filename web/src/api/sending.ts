import { useState } from 'preact/hooks';
import { ApiFailure } from './failure';

/** A change on its way. */
export interface Sending {
  readonly isBusy: boolean;
  /** Why the last attempt failed; undefined while nothing did. */
  readonly failure: ApiFailure | undefined;
  /** Runs what sends; @returns whether it succeeded */
  readonly run: (sends: () => Promise<void>) => Promise<boolean>;
  readonly forget: () => void;
}

/** Keeps what a form or a button has to show while it sends, and after that failed. */
export function useSending(): Sending {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | undefined>(undefined);
  const run = async (sends: () => Promise<void>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await sends();
      return true;
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const forget = () => {
    setFailure(undefined);
  };
  return { isBusy, failure, run, forget };
}

/** What the service says of one field. */
export function problemOf(failure: ApiFailure | undefined, field: string): string | null {
  const wrong = failure?.problem.errors.find((one) => one.field === field);
  return wrong === undefined ? null : (wrong.message ?? wrong.allowed);
}
