import { useMemo, useRef, useState } from 'preact/hooks';
import type { Choice } from './choice';
import { chosenRows } from './chosen-rows';
import type { Row } from './rows';

/** Scrolled so far that somebody reads. */
const READING_FROM_PX = 200;
/** Where the lines are; focus in there must not be moved away. */
export const LIST_ID = 'slos';

interface Held {
  readonly choice: Choice;
  readonly asked: number;
  readonly order: ReadonlyMap<string, number>;
}

/**
 * The rows that were asked for. While somebody reads further down or works with a line, news change
 * figures where they stand, and nothing moves under their eyes or fingers; new rows come last. What is
 * chosen anew is sorted anew.
 */
export function useHeldOrder(
  rows: readonly Row[],
  choice: Choice,
): { readonly shown: readonly Row[]; readonly isHeld: boolean; readonly sortAgain: () => void } {
  const [asked, setAsked] = useState(0);
  const held = useRef<Held | null>(null);
  const { shown, isHeld } = useMemo(() => {
    const sorted = chosenRows(rows, choice);
    const before = held.current;
    const mayMove = before?.choice !== choice || before.asked !== asked || !isRead();
    const kept = mayMove ? sorted : inOrder(sorted, before.order);
    held.current = { choice, asked, order: new Map(kept.map(({ key }, k) => [key, k])) };
    return { shown: kept, isHeld: kept.some((row, k) => row !== sorted[k]) };
  }, [rows, choice, asked]);
  return {
    shown,
    isHeld,
    sortAgain: () => {
      setAsked(asked + 1);
    },
  };
}

function inOrder(rows: readonly Row[], order: ReadonlyMap<string, number>): readonly Row[] {
  const place = ({ key }: Row) => order.get(key) ?? order.size;
  return [...rows].sort((a, b) => place(a) - place(b));
}

function isRead(): boolean {
  const list = document.getElementById(LIST_ID);
  return scrollY > READING_FROM_PX || list?.contains(document.activeElement) === true;
}
