/**
 * A text that Prometheus' templates print as it is. Labels and annotations of alerts are Go
 * templates: what a definition says is data there, never a program.
 */
export function literal(text: string): string {
  // A brace at the end would join those of a template that follows.
  const sound = text.toWellFormed();
  if (!sound.includes('{{') && !sound.endsWith('{')) return sound;
  return sound.replaceAll('{', '{{ "{" }}');
}

/** The value of a label of the alert. */
export function labelValue(name: string): string {
  return `{{ $labels.${name} }}`;
}
