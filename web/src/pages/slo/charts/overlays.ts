import type uPlot from 'uplot';
import type { ExclusionView } from '../../../../../src/exclusions/exclusions.dto';
import type { MarkerView } from '../../../../../src/exclusions/markers.dto';
import type { EpisodeView } from '../../../../../src/slos/episode-view.dto';
import { type Colours, faded } from './colours';

/** What is drawn beside the figures. */
export interface Overlays {
  readonly episodes: readonly Pick<EpisodeView, 'start' | 'end'>[];
  readonly exclusions: readonly Pick<ExclusionView, 'occurrences' | 'state'>[];
  readonly markers: readonly Pick<MarkerView, 'kind' | 'at' | 'end'>[];
}

/** Room above the plot for a lane of markers, one of episodes and one of exclusions. */
export const LANES_HEIGHT = 34;
const LANE = { markers: 29, episodes: 17, exclusions: 8 } as const;
const BLOCK = 7;
const LEAST_WIDTH = 3;

interface Strip {
  readonly left: number;
  readonly width: number;
}

/** Draws episodes, exclusions and markers: each has a lane and a shape of its own. */
export function overlayHooks(
  { episodes, exclusions, markers }: Overlays,
  colours: Colours,
): uPlot.Hooks.Arrays {
  const spent = episodes.map(({ start, end }) => [start, end] as const);
  const excluded = exclusions
    .filter(({ state }) => state !== 'revoked')
    .flatMap(({ occurrences }) => occurrences.map(({ from, to }) => [from, to] as const));
  return {
    drawClear: [
      (u) => {
        const hatch = hatched(u.ctx, colours.soft);
        for (const [from, to] of spent) {
          bands(u, stripOf(u, from, to), faded(colours.critical, 0.13), null);
          bands(u, stripOf(u, from, to), null, colours.critical);
        }
        for (const [from, to] of excluded)
          bands(u, stripOf(u, from, to), hatch, hatch, 'exclusions');
      },
    ],
    draw: [
      (u) => {
        for (const { kind, at } of markers) markerLine(u, kind, at, colours);
      },
    ],
  };
}

/** A span as it is drawn, in pixels of the canvas; null where it is out of sight. */
function stripOf(u: uPlot, from: string, to: string | null): Strip | null {
  const { left, width } = u.bbox;
  const place = (at: string) =>
    Math.min(left + width, Math.max(left, u.valToPos(Date.parse(at) / 1000, 'x', true)));
  const [start, end] = [place(from), to === null ? left + width : place(to)];
  if (end === left || start === left + width) return null;
  return { left: start, width: Math.max(LEAST_WIDTH * ratio(), end - start) };
}

function bands(
  { ctx, bbox }: uPlot,
  strip: Strip | null,
  fill: string | CanvasPattern | null,
  block: string | CanvasPattern | null,
  lane: 'episodes' | 'exclusions' = 'episodes',
): void {
  if (strip === null) return;
  if (fill !== null) {
    ctx.fillStyle = fill;
    ctx.fillRect(strip.left, bbox.top, strip.width, bbox.height);
  }
  if (block === null) return;
  ctx.fillStyle = block;
  ctx.fillRect(strip.left, bbox.top - LANE[lane] * ratio(), strip.width, BLOCK * ratio());
}

function markerLine(u: uPlot, kind: MarkerView['kind'], at: string, colours: Colours): void {
  const { ctx, bbox } = u;
  const x = u.valToPos(Date.parse(at) / 1000, 'x', true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  const [size, y] = [4.5 * ratio(), bbox.top - LANE.markers * ratio() + 4 * ratio()];
  ctx.save();
  ctx.strokeStyle = colours.soft;
  ctx.lineWidth = ratio();
  ctx.setLineDash([3 * ratio(), 3 * ratio()]);
  ctx.beginPath();
  ctx.moveTo(x, y + size);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.fillStyle = kind === 'incident' ? colours.critical : colours.ink;
  ctx.beginPath();
  for (const [dx, dy] of SHAPES[kind]) ctx.lineTo(x + dx * size, y + dy * size);
  ctx.closePath();
  ctx.fill();
  ctx.restore();
}

/** A triangle, a diamond, a square: the same as in the legend. */
const SHAPES: Readonly<Record<MarkerView['kind'], readonly (readonly [number, number])[]>> = {
  deploy: [
    [0, -1],
    [1, 0.9],
    [-1, 0.9],
  ],
  incident: [
    [0, -1.1],
    [1.1, 0],
    [0, 1.1],
    [-1.1, 0],
  ],
  other: [
    [-0.8, -0.8],
    [0.8, -0.8],
    [0.8, 0.8],
    [-0.8, 0.8],
  ],
};

function hatched(ctx: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const size = Math.round(6 * ratio());
  const tile = document.createElement('canvas');
  [tile.width, tile.height] = [size, size];
  const brush = tile.getContext('2d');
  if (brush === null) return faded(colour, 0.25);
  brush.strokeStyle = faded(colour, 0.55);
  brush.lineWidth = ratio();
  for (const shift of [-size, 0, size]) {
    brush.moveTo(shift, size);
    brush.lineTo(shift + size, 0);
  }
  brush.stroke();
  return ctx.createPattern(tile, 'repeat') ?? faded(colour, 0.25);
}

function ratio(): number {
  return devicePixelRatio;
}
