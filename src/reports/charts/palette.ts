/**
 * Told apart by people who do not see red or green, and on paper without colour: what is bad is much
 * darker than what is good. Contrast to white: ink 14, muted 6.4, good 3.4, bad 6.7, all as WCAG asks.
 */
export const PALETTE = {
  ink: '#1f2933',
  muted: '#52606d',
  grid: '#d9dee4',
  good: '#4a8fc2',
  goodArea: '#cfe1ef',
  bad: '#a63603',
  badArea: '#f3c9a8',
  episode: '#b8a5d0',
  missing: '#e4e7eb',
  objective: '#1f2933',
} as const;
