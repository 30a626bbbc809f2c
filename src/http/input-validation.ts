import { ValidationPipe } from '@nestjs/common';
import { InvalidInput } from './invalid-input';

/** Unknown fields are refused and not dropped; every fault is listed; 422 throughout. */
export function inputValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: true, value: true },
    exceptionFactory: (errors) => InvalidInput.of(errors),
  });
}
