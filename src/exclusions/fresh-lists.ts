/** Whatever shows the latest figures of all SLOs: lists, metrics, the gate. */
export abstract class FreshLists {
  /** Makes this replica's anew, for the step that they are of; the others' follow with their next tick. */
  abstract make(): Promise<void>;
}
