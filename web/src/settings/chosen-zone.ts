import { localZone } from './clocks';
import { zone } from './settings';

/** The name of the zone by whose clocks times are told, as it is chosen. */
export function chosenZone(): string {
  return zone.value === 'utc' ? 'UTC' : localZone();
}
