import type { Provider } from '@nestjs/common';
import type { ComposedRegistry } from '../definitions/composed-registry';
import type { PastDefinitions } from '../definitions/registry';
import type { Ledger } from '../ledger/ledger';
import { DefinitionChanges } from './definition-changes';
import type { DefinitionStore } from './definition-store';
import { type AtSources, EditDefinitions } from './edit-definitions';
import { ReadDefinitions } from './list-definitions';

/** What `DefinitionsController` asks for, built of what the application has. */
export function authoringProviders(of: {
  readonly registry: ComposedRegistry;
  readonly store: DefinitionStore;
  readonly past: PastDefinitions;
  readonly ledger: Ledger;
  /** That an SLO may name. */
  readonly datasources: readonly string[];
  readonly atSources: AtSources;
}): readonly Provider[] {
  const { registry, store, past, ledger, datasources, atSources } = of;
  const changes = new DefinitionChanges(registry, store, ledger);
  return [
    { provide: ReadDefinitions, useValue: new ReadDefinitions(registry, past) },
    {
      provide: EditDefinitions,
      useValue: new EditDefinitions(changes, registry, past, datasources, atSources),
    },
  ];
}
