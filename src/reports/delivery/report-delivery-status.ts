/** How a target of closed reports is doing. */
export interface ReportDeliveryStatus {
  readonly target: string;
  /** Reports that this process delivered. */
  readonly delivered: number;
  /** Attempts of this process that failed. */
  readonly failed: number;
  /** Reports that wait, as far as this process knows. */
  readonly pending: number;
  /** Whether the last attempt succeeded; null before the first. */
  readonly up: boolean | null;
}
