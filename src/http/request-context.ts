import { AsyncLocalStorage } from 'node:async_hooks';

/** Who asks, for every log line that is written while answering. */
export interface RequestContext {
  readonly requestId: string;
  readonly ipAddress: string;
  /** Set once the credentials were checked. */
  userId: string | null;
}

const contexts = new AsyncLocalStorage<RequestContext>();

/** The request being answered; undefined outside of one. */
export function currentRequest(): RequestContext | undefined {
  return contexts.getStore();
}

export function withinRequest<T>(context: RequestContext, work: () => T): T {
  return contexts.run(context, work);
}
