export type Params = Readonly<Record<string, string>>;

/**
 * What a path says where a pattern has names, or null where it is another path. A name that would be
 * more than one segment of a path is none.
 *
 *     matchPath('/slos/:service/:name', '/slos/shop/api-errors')   { service: 'shop', name: 'api-errors' }
 */
export function matchPath(pattern: string, path: string): Params | null {
  const [wanted, given] = [segments(pattern), segments(path)];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [k, part] of wanted.entries()) {
    const value = decoded(given[k] ?? '');
    if (value === null) return null;
    if (part.startsWith(':') && /[/?#]/.test(value)) return null;
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

function segments(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

/** Null for what nobody encoded so, such as a lone `%`. */
function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
