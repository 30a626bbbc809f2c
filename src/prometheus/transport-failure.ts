import { BadAnswer, excerpt, textOf } from './bad-answer';

/**
 * Why there is no answer at all.
 *
 * The library's error holds the whole request with its credentials, so it is never the cause of
 * ours: only its code and message are taken over.
 */
export function transportFailure(error: unknown, maxAnswerBytes: number): BadAnswer {
  const code = textOf(error, 'code');
  const message = textOf(error, 'message') ?? code ?? 'unknown reason';
  if (message.includes('maxContentLength')) {
    return new BadAnswer('too_much', `answered with more than ${maxAnswerBytes} bytes`);
  }
  const detail = code === null || message.includes(code) ? message : `${code}: ${message}`;
  return new BadAnswer('unavailable', `no answer: ${excerpt(detail)}`, { retry: true });
}
