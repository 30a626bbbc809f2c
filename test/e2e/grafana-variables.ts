/**
 * A text with Grafana's variables in it: `$name`, `${name}` and `${name:format}`. The last form is
 * looked up as it stands first, since its value depends on the format.
 *
 * @throws Error for a variable that has no value
 */
export function interpolated(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\{(\w+)(:[^}]+)?\}|\$(\w+)/g,
    (written, braced: string | undefined, format: string | undefined, bare: string | undefined) => {
      const name = braced ?? bare ?? '';
      const value = values[`${name}${format ?? ''}`] ?? (format === ':raw' ? values[name] : null);
      if (value == null) throw new Error(`${written} has no value in ${text}`);
      return value;
    },
  );
}
