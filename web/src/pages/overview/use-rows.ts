import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FiguresEvent, LiveRow } from '../../../../src/live/events.dto';
import type { SloRow } from '../../../../src/slos/view-types';
import { allPages } from '../../api/all-pages';
import { type Asked, isKept, useLoaded } from '../../api/answers';
import { gap, hear } from '../../api/live';
import { useSloRows } from '../../api/slo-rows';
import { keyOf, patched, type Row, rowOf } from './rows';

/** Takes longer, and can wait until there is something to see. */
const WITH_SPARKLINES = '/api/v1/slos?limit=1000&include=sparkline';
/** What is not told by itself (coverage, time left, a month of days) is read again so often. */
const READ_AGAIN_MS = 10 * 60_000;

interface News {
  readonly at: string;
  readonly row: LiveRow;
}

interface Made {
  readonly slo: SloRow;
  readonly news: News | undefined;
  readonly row: Row;
}

/** Every row of the list, as the latest news tell it. A row that did not change is the same object. */
export function useRows(): Asked<readonly Row[]> {
  const [isAgain] = useState(() => isKept(WITH_SPARKLINES));
  const list = useSloRows(!isAgain);
  const isNext = isAgain || list.data !== undefined;
  const more = useLoaded(isNext ? WITH_SPARKLINES : null, loadWithSparklines, { follows: gap });
  const made = useRef<ReadonlyMap<string, Made>>(new Map());
  const news = useNews(more.again, (key) => made.current.has(key));
  const slos = more.data ?? list.data;
  const rows = useMemo(() => {
    if (slos === undefined) return undefined;
    made.current = new Map(slos.map((slo) => madeOf(slo, news, made.current)));
    return [...made.current.values()].map(({ row }) => row);
  }, [slos, news]);
  const isFirst = !isAgain && more.data === undefined && more.failure === undefined;
  return { ...(isFirst ? list : more), data: rows };
}

function madeOf(
  slo: SloRow,
  news: ReadonlyMap<string, News>,
  before: ReadonlyMap<string, Made>,
): readonly [string, Made] {
  const key = keyOf(slo);
  const told = news.get(key);
  const known = before.get(key);
  if (known?.slo === slo && known.news === told) return [key, known];
  const row = rowOf(slo);
  const isNew = told !== undefined && Date.parse(told.at) > Date.parse(slo.at);
  return [key, { slo, news: told, row: isNew ? patched(row, told.row) : row }];
}

/** The latest of each row; what is new or gone has the list read again. */
function useNews(
  readAgain: () => void,
  isKnown: (key: string) => boolean,
): ReadonlyMap<string, News> {
  const [news, setNews] = useState<ReadonlyMap<string, News>>(new Map());
  useEffect(() => {
    const timer = setInterval(readAgain, READ_AGAIN_MS);
    const deaf = hear('figures', (data) => {
      const { at, rows, gone } = data as FiguresEvent;
      if (gone.length > 0 || !rows.every((row) => isKnown(keyOf(row)))) readAgain();
      setNews(
        (known) => new Map([...known, ...rows.map((row) => [keyOf(row), { at, row }] as const)]),
      );
    });
    return () => {
      clearInterval(timer);
      deaf();
    };
  }, [readAgain]);
  return news;
}

const loadWithSparklines = (signal: AbortSignal) => allPages<SloRow>(WITH_SPARKLINES, signal);
