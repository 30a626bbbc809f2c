import type { FastifyRequest } from 'fastify';

/** Whether the caller may still do what a request of theirs was let through for. */
export interface Standing {
  /** Those of whom it is the same have the same answer. */
  readonly of: string;
  readonly holds: () => Promise<boolean>;
}

const FOR_EVER: Standing = { of: 'anybody', holds: () => Promise.resolve(true) };

const standings = new WeakMap<FastifyRequest, Standing>();

/** Remembers how to ask again, for answers that go on for hours. */
export function rememberStanding(request: FastifyRequest, standing: Standing): void {
  standings.set(request, standing);
}

export function standingOf(request: FastifyRequest): Standing {
  return standings.get(request) ?? FOR_EVER;
}
