/** What readiness depends on. */
export abstract class ReadinessProbe {
  /** Whether the database answers; a rejection counts as no. */
  abstract database(): Promise<boolean>;

  /** Whether every data source answered when it was last asked. Reported only. */
  abstract prometheus(): boolean;

  /** Whether there are figures to answer with. */
  abstract evaluated(): boolean;
}
