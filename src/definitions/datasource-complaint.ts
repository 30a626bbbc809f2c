import { shown } from '../yaml/shown';
import { didYouMean } from '../yaml/suggestion';
import { DEFAULT_DATASOURCE } from './native-slo';

/** Why a data source cannot be asked, or null when it can; null for a name means that none is given. */
export function datasourceComplaint(name: string | null, known: readonly string[]): string | null {
  const wanted = name ?? DEFAULT_DATASOURCE;
  if (known.includes(wanted)) return null;
  const absent = name === null ? ' (since none is named)' : '';
  return `datasource is ${shown(wanted)}${absent}, which is not configured${didYouMean(wanted, known)}, allowed: ${known.join(', ')}`;
}
