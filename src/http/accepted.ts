import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { InvalidInput } from './invalid-input';

/**
 * Checks an input by its class where the pipe cannot, as for queries that also take parameters
 * which no class can name.
 *
 * @throws InvalidInput that lists every fault
 */
export function accepted<T extends object>(type: ClassConstructor<T>, input: object): T {
  const instance = plainToInstance(type, input);
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true });
  if (errors.length > 0) throw InvalidInput.of(errors);
  return instance;
}
