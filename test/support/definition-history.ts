import {
  DefinitionHistory,
  type DefinitionRevision,
  type ObjectiveSince,
} from '../../src/ledger/definition-history';

/** Objectives that changed as a test says; by default none ever did. */
export class MemoryDefinitionHistory extends DefinitionHistory {
  constructor(
    private readonly changes: ReadonlyMap<string, readonly ObjectiveSince[]> = new Map(),
  ) {
    super();
  }

  async record(): Promise<void> {}

  async revisionsOf(): Promise<readonly DefinitionRevision[]> {
    return [];
  }

  async objectives(): Promise<ReadonlyMap<string, readonly ObjectiveSince[]>> {
    return this.changes;
  }
}
