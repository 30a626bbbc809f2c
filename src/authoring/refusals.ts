import { problem, type Problem, type WrongInput } from '../http/problem';

/** A change that is not made, and why; each reason has its status. */
export class ChangeRefused extends Error {
  constructor(
    readonly status: 404 | 409 | 412 | 422,
    message: string,
    readonly errors: readonly WrongInput[] = [],
  ) {
    super(message);
    this.name = 'ChangeRefused';
  }
}

/** How refused changes look to a caller: RFC 9457, with every fault listed. */
export function authoringProblem(error: unknown): Problem | null {
  if (!(error instanceof ChangeRefused)) return null;
  const { status, message, errors } = error;
  if (status === 422) return problem(422, message, errors);
  return { ...problem(status, message), ...(errors.length === 0 ? {} : { errors }) };
}
