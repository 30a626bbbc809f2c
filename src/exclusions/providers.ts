import type { Provider, Type } from '@nestjs/common';
import { ExclusionsInForce } from '../ledger/exclusions';
import { EditExclusions } from './edit-exclusions';
import { ExclusionStore } from './exclusion-store';
import { MarkerStore } from './marker-store';
import { Markers } from './markers';
import { ExclusionsController } from './exclusions.controller';
import { MarkersController } from './markers.controller';
import { ReadExclusions } from './read-exclusions';

export const EXCLUSION_CONTROLLERS: readonly Type[] = [ExclusionsController, MarkersController];

/** What the controllers of this room ask for, beside what the application has anyway. */
export function exclusionProviders(of: {
  readonly exclusions: ExclusionStore;
  readonly markers: MarkerStore;
}): readonly Provider[] {
  return [
    { provide: ExclusionStore, useValue: of.exclusions },
    { provide: ExclusionsInForce, useValue: of.exclusions },
    { provide: MarkerStore, useValue: of.markers },
    EditExclusions,
    ReadExclusions,
    Markers,
  ];
}
