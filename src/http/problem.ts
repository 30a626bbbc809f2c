import { STATUS_CODES } from 'node:http';

/** Problem details, RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId?: string;
  /** Each wrong input. */
  readonly errors?: readonly WrongInput[];
}

export interface WrongInput {
  /** `limit`, `slos[0].objective`. */
  readonly field: string;
  readonly value: unknown;
  readonly allowed: string;
  /** Where it stands in a body that was sent as text, from 1. */
  readonly line?: number;
  readonly column?: number;
  /** The whole complaint. */
  readonly message?: string;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** A problem that needs no type of its own is named by its status. */
export function problem(status: number, detail: string, errors?: readonly WrongInput[]): Problem {
  return {
    type: errors === undefined ? 'about:blank' : 'urn:slowburn:problem:invalid-input',
    title: errors === undefined ? (STATUS_CODES[status] ?? 'Error') : 'Invalid input',
    status,
    detail,
    ...(errors === undefined ? {} : { errors }),
  };
}
