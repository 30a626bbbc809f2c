/** How a receiver of alerts is doing. */
export interface DeliveryStatus {
  readonly receiver: string;
  /** Alerts that it was told of, each time counted, since this process began. */
  readonly delivered: number;
  /** Alerts that it was not told of, each attempt counted. */
  readonly failed: number;
  /** Whether the last attempt succeeded; null before the first. */
  readonly up: boolean | null;
}
