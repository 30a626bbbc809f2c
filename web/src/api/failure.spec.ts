import { failureOf } from './failure';

describe('a failure of the service', () => {
  it('is told by its problem', () => {
    const wrong = { field: 'limit', value: 0, allowed: 'at least 1' };
    const body = {
      ...{ type: 'about:blank', title: 'Invalid input', status: 422, requestId: 'r-1' },
      ...{ detail: 'limit: at least 1', errors: [wrong, { nonsense: true }, null] },
    };
    const failure = failureOf(422, 'Unprocessable Entity', body);
    expect(failure.message).toBe('limit: at least 1');
    expect(failure.problem).toEqual({
      ...{ title: 'Invalid input', detail: 'limit: at least 1', requestId: 'r-1', errors: [wrong] },
    });
    expect(failure.isOfService).toBe(false);
  });

  it('says no on purpose where too much is asked', () => {
    expect(failureOf(429, 'Too Many Requests', null).isOfService).toBe(false);
  });

  it.each([
    [502, 'Bad Gateway', '<html>', 'Bad Gateway'],
    [503, '', null, 'HTTP 503'],
    [500, '', { detail: 7 }, 'HTTP 500'],
  ])('of something on the way is told by its status: %d %s', (status, text, body, detail) => {
    const failure = failureOf(status, text, body);
    expect([failure.message, failure.problem.requestId, failure.isOfService]).toEqual([
      detail,
      null,
      true,
    ]);
  });
});
