import { HttpException } from '@nestjs/common';
import { networkOf } from '../auth/per-address';

/** A wall of screens behind one token, or the tabs of a few people behind one proxy. */
export const MOST_OF_ONE_CALLER = 30;
const MOST_OF_ALL = 500;
const TOO_MANY_REQUESTS = 429;

/** How many streams are open, and whose. */
export class OpenStreams {
  private readonly byCaller = new Map<string, number>();
  private all = 0;

  /**
   * @returns gives the place back
   * @throws HttpException 429 when there is none left
   */
  take({ id, address }: { readonly id: string; readonly address: string }): () => void {
    const caller = `${id} ${networkOf(address)}`;
    const own = this.byCaller.get(caller) ?? 0;
    if (own >= MOST_OF_ONE_CALLER || this.all >= MOST_OF_ALL) {
      const [count, whose] =
        own >= MOST_OF_ONE_CALLER ? [own, ` of ${id} from here`] : [this.all, ''];
      throw new HttpException(
        `${count} streams${whose} are open, which is the most there may be: close one.`,
        TOO_MANY_REQUESTS,
      );
    }
    this.byCaller.set(caller, own + 1);
    this.all += 1;
    return () => {
      this.all -= 1;
      const left = (this.byCaller.get(caller) ?? 1) - 1;
      if (left === 0) this.byCaller.delete(caller);
      else this.byCaller.set(caller, left);
    };
  }
}
