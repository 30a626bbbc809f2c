/** A wrong input, as a problem of the service names it. */
export interface WrongInput {
  readonly field: string;
  readonly value: unknown;
  readonly allowed: string;
  readonly line?: number;
  readonly column?: number;
  readonly message?: string;
}

/** Problem details, RFC 9457. */
export interface ProblemBody {
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | null;
  readonly errors: readonly WrongInput[];
}

/** The service said no, or did not answer at all. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    /** Null where nothing answered. */
    readonly status: number | null,
    readonly problem: ProblemBody,
  ) {
    super(problem.detail);
  }

  /** The service is away or broken; anything else it said on purpose. */
  get isOfService(): boolean {
    return this.status === null || this.status >= 500;
  }
}

/** @param body as it came, of whatever sent it: a proxy on the way answers with pages of its own */
export function failureOf(status: number, statusText: string, body: unknown): ApiFailure {
  const { title, detail, requestId, errors } = isObject(body) ? body : {};
  return new ApiFailure(status, {
    title: textOf(title) ?? (statusText === '' ? `HTTP ${status}` : statusText),
    detail: textOf(detail) ?? textOf(title) ?? (statusText === '' ? `HTTP ${status}` : statusText),
    requestId: textOf(requestId),
    errors: Array.isArray(errors) ? errors.filter(isWrongInput) : [],
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isWrongInput(value: unknown): value is WrongInput {
  return (
    isObject(value) && typeof value['field'] === 'string' && typeof value['allowed'] === 'string'
  );
}
