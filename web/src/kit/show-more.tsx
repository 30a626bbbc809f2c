import { useState } from 'preact/hooks';
import { told } from '../figures/told';
import { COMMON } from '../words/common';
import { say } from '../words/say';
import { Button } from './button';
import { Note } from './section';

/** The most that the service gives at once. */
export const MOST = 1_000;

/** How many of a list are asked for, a portion more whenever somebody wants more. */
export function useLimit(portion: number): { readonly limit: number; readonly more: () => void } {
  const [limit, setLimit] = useState(portion);
  const more = () => {
    setLimit(Math.min(MOST, limit + portion));
  };
  return { limit, more };
}

interface Props {
  /** Of the answer: null where everything is shown. */
  readonly cursor: string | null;
  readonly limit: number;
  readonly isBusy?: boolean;
  readonly onMore?: () => void;
}

/** Below a list that has more than is shown: shows more, or says that there is. */
export function ShowMore({ cursor, limit, isBusy = false, onMore }: Props) {
  const words = say(COMMON);
  if (cursor === null) return null;
  if (limit >= MOST || onMore === undefined) {
    return <Note>{words.thereIsMore(told.value.count(limit))}</Note>;
  }
  return (
    <p>
      <Button disabled={isBusy} onClick={onMore}>
        {words.showMore}
      </Button>
    </p>
  );
}
