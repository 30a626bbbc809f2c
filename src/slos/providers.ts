import type { Provider, Type } from '@nestjs/common';
import { Episodes } from '../evaluation/episodes';
import { Figurer } from '../evaluation/figurer';
import { Forecasts } from '../evaluation/forecasts';
import { Rehearsals } from '../evaluation/rehearsal';
import { Sparklines } from '../evaluation/sparklines';
import { WhatIfs } from '../evaluation/what-if';
import type { ExclusionsInForce } from '../ledger/exclusions';
import { GateController } from './gate.controller';
import { GateOverrides } from './gate-overrides';
import { GateOverridesController } from './gate-overrides.controller';
import { Gates } from './gates';
import { LatestFigures } from './latest-figures';
import { RehearseController } from './rehearse.controller';
import { ListController } from './list.controller';
import { SloFinder } from './slo-finder';
import { SlosController } from './slos.controller';
import { SpendingController } from './spending.controller';
import { WhatIfController } from './what-if.controller';

export const SLO_CONTROLLERS: readonly Type[] = [
  ListController,
  SlosController,
  WhatIfController,
  RehearseController,
  SpendingController,
  GateController,
  GateOverridesController,
];

/** What the routes of SLOs ask, but for the board, the registry and the time, which others ask, too. */
export function sloProviders({
  figurer,
  whatIfs,
  rehearsals,
  overrides,
  exclusions,
  sparklines,
}: {
  readonly figurer: Figurer;
  readonly whatIfs: WhatIfs;
  readonly rehearsals: Rehearsals;
  readonly overrides: GateOverrides;
  readonly exclusions: ExclusionsInForce;
  readonly sparklines: Sparklines;
}): readonly Provider[] {
  return [
    SloFinder,
    LatestFigures,
    Gates,
    { provide: Figurer, useValue: figurer },
    { provide: WhatIfs, useValue: whatIfs },
    { provide: Sparklines, useValue: sparklines },
    { provide: Rehearsals, useValue: rehearsals },
    { provide: Episodes, useValue: new Episodes(figurer, exclusions) },
    { provide: Forecasts, useValue: new Forecasts(figurer) },
    { provide: GateOverrides, useValue: overrides },
  ];
}
