import type { JSX } from 'preact';

/** Drawn on 16 by 16, in the colour of the text; what they mean is said beside them. */
const SHAPES = {
  healthy: (
    <path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3.600 5.300-4.200 4.600a.8.8 0 0 1-1.200 0L4.400 9.100l1.100-1.200 1.300 1.400 3.700-4Z" />
  ),
  at_risk: (
    <path
      d="M8 1.300a1 1 0 0 0-.9.5L.7 13.300a1 1 0 0 0 .9 1.500h12.800a1 1 0 0 0 .9-1.500L8.900 1.800a1 1 0 0 0-.9-.5Zm-.9 4.200h1.800v4.700H7.100Zm0 5.700h1.800V13H7.100Z"
      fill-rule="evenodd"
    />
  ),
  critical: <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5Zm2 3v5h2V4Zm0 6.300v2h2v-2Z" fill-rule="evenodd" />,
  exhausted: (
    <path
      d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1ZM4.500 5.700l1.200-1.200L8 6.800l2.300-2.300 1.200 1.200L9.200 8l2.300 2.300-1.200 1.200L8 9.200l-2.300 2.300-1.200-1.200L6.800 8Z"
      fill-rule="evenodd"
    />
  ),
  no_data: (
    <path
      d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.700a5.300 5.300 0 1 1 0 10.600A5.300 5.300 0 0 1 8 2.700ZM5 7.100h6v1.800H5Z"
      fill-rule="evenodd"
    />
  ),
  page: (
    <path d="M8 1a1 1 0 0 1 1 1v.6A4.500 4.500 0 0 1 12.500 7v3.200l1.200 1.600a.5.5 0 0 1-.4.800H2.700a.5.5 0 0 1-.4-.8l1.200-1.600V7A4.500 4.500 0 0 1 7 2.600V2a1 1 0 0 1 1-1ZM6.200 13.500h3.600a1.800 1.800 0 0 1-3.600 0Z" />
  ),
  ticket: (
    <path
      d="M2 3h12a1 1 0 0 1 1 1v2.200a1.900 1.900 0 0 0 0 3.600V12a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1V9.800a1.900 1.900 0 0 0 0-3.600V4a1 1 0 0 1 1-1Zm3 2.500v1.300h6V5.500Zm0 3.700v1.300h4V9.200Z"
      fill-rule="evenodd"
    />
  ),
  search: (
    <path
      d="M7 1.500a5.500 5.500 0 1 0 3.300 9.900l3.300 3.300 1.100-1.100-3.300-3.300A5.500 5.500 0 0 0 7 1.500ZM7 3a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z"
      fill-rule="evenodd"
    />
  ),
  up: <path d="M8 4.500 2.500 10l1.100 1.100L8 6.700l4.400 4.400 1.100-1.100Z" />,
  down: <path d="M8 11.500 2.500 6l1.100-1.100L8 9.300l4.400-4.400L13.500 6Z" />,
  close: (
    <path d="m3.700 2.600 4.300 4.300 4.300-4.300 1.100 1.100L9.100 8l4.300 4.300-1.100 1.100L8 9.100l-4.300 4.300-1.100-1.100L6.900 8 2.600 3.700Z" />
  ),
  info: (
    <path
      d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.500a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11ZM7.200 4.400h1.600V6H7.200Zm0 2.700h1.600v4.500H7.200Z"
      fill-rule="evenodd"
    />
  ),
  settings: (
    <path d="M2 3.500h5.600a2 2 0 0 1 3.800 0H14V5h-2.600a2 2 0 0 1-3.800 0H2Zm0 7.500h2.600a2 2 0 0 1 3.800 0H14v1.500H8.400a2 2 0 0 1-3.800 0H2Z" />
  ),
} as const satisfies Readonly<Record<string, JSX.Element>>;

export type IconName = keyof typeof SHAPES;

export function Icon({
  name,
  class: className,
}: {
  readonly name: IconName;
  readonly class?: string | undefined;
}) {
  return (
    <svg
      class={className}
      viewBox="0 0 16 16"
      width="1em"
      height="1em"
      fill="currentColor"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}
