import type { Provider } from '@nestjs/common';
import type { AlertLog } from '../alerting/alert-log';
import type { Board } from '../evaluation/board';
import { AlertNews } from './alert-news';
import type { CollectionEvent } from './events.dto';
import { Feed } from './feed';

/** What tells open pages, and when. */
export interface Live {
  readonly providers: readonly Provider[];
  /** Tells what is new after a tick, or between two while history is read. */
  readonly tell: () => Promise<void>;
}

export function liveOf({
  board,
  alertLog,
  collecting,
}: {
  readonly board: Board;
  readonly alertLog: AlertLog;
  readonly collecting: () => CollectionEvent;
}): Live {
  const feed = new Feed(board);
  const news = new AlertNews(alertLog);
  return {
    providers: [{ provide: Feed, useValue: feed }],
    tell: async () => {
      feed.collection(collecting());
      feed.figures();
      const { evaluatedAt } = board.current();
      if (evaluatedAt !== null) feed.alerts(await news.upTo(evaluatedAt));
    },
  };
}
