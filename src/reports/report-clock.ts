/** The end of the last step that has been due, epoch seconds. */
export abstract class ReportClock {
  abstract latest(): number;
}
