/* eslint-disable @typescript-eslint/no-deprecated -- the format that came after this one is read by the newest Grafana alone, this one by all that are in use */
import { type Dashboard, DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';

/** A dashboard as JSON of the classic format, which can be imported by hand and provisioned from files. */
export type ClassicDashboard = Dashboard;

/** What is being made into one. */
export type Draft = DashboardBuilder;

export function draft(title: string): Draft {
  return new DashboardBuilder(title);
}
/* eslint-enable @typescript-eslint/no-deprecated -- the rest of the sources asks here */
