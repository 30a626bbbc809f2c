import type { Config } from './config';

type Called = Pick<Config, 'datasources' | 'alertmanagers' | 'webhooks' | 'reports'>;

/** The names of the servers whose certificate nobody checks, as the configuration wants it. */
export function unchecked({ datasources, alertmanagers, webhooks, reports }: Called): string[] {
  const mail = reports.deliveries.map(({ name, to }) => {
    return { name, tls: to.kind === 'email' ? to.tls : null };
  });
  return [...datasources, ...alertmanagers, ...webhooks, ...mail]
    .filter(({ tls }) => tls?.insecureSkipVerify === true)
    .map(({ name }) => name);
}
