import type { Slo } from '../domain/slo';

/** What a report is about: what is defined now, and what was until some time of the month. */
export abstract class ReportedSlos {
  /** @param from epoch seconds: whatever was retired after it is told, too */
  abstract since(from: number): Promise<readonly Slo[]>;

  /** When anything was defined first, epoch seconds; null where nothing ever was. */
  abstract firstDefinedAt(): Promise<number | null>;

  /** The same of each SLO, by `service/name`, also where it had another name then. */
  abstract definedSince(): Promise<ReadonlyMap<string, number>>;
}
