import { isISO8601, ValidateBy } from 'class-validator';

/** Only with a zone: a local time would mean another instant on another server. */
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** An RFC 3339 instant that exists: 30 February does not. */
export function IsInstant(): PropertyDecorator {
  return ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) =>
        typeof value === 'string' &&
        WITH_ZONE.test(value) &&
        isISO8601(value, { strict: true, strictSeparator: true }),
      defaultMessage: () =>
        '$property must be an RFC 3339 instant with its zone, such as 2026-11-20T12:00:00Z',
    },
  });
}
