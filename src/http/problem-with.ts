import { HttpException } from '@nestjs/common';

/**
 * A refusal that is an answer: its problem details carry what the answer would have carried beside
 * the standard members, as RFC 9457 (3.2) lets them.
 */
export class ProblemWith extends HttpException {
  constructor(
    status: number,
    readonly kind: { readonly type: string; readonly title: string },
    detail: string,
    readonly members: object,
  ) {
    super(detail, status);
  }
}
