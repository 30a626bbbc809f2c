import type { SystemPlan } from '../system';
import { faciliauto } from './faciliauto';
import { mercenary } from './mercenary';
import { patacao } from './patacao';
import { petswipe } from './petswipe';
import { todo } from './todo';

export const SYSTEMS: readonly SystemPlan[] = [patacao, faciliauto, petswipe, todo, mercenary];

/** All of them, or the one of that name. */
export function systemsNamed(name: string | undefined): readonly SystemPlan[] {
  if (name === undefined) return SYSTEMS;
  const found = SYSTEMS.filter((system) => system.name === name);
  if (found.length > 0) return found;
  const names = SYSTEMS.map((system) => system.name).join(', ');
  throw new RangeError(`there is no system ${JSON.stringify(name)}; the systems are: ${names}`);
}
