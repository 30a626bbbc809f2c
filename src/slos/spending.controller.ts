import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../auth/access';
import { parseShare } from '../domain/budget-share';
import { formatSeconds, parseSeconds } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';
import { Episodes } from '../evaluation/episodes';
import { Forecasts } from '../evaluation/forecasts';
import { lookBacksOf } from '../evaluation/look-back';
import { MarkerStore } from '../exclusions/marker-store';
import { accepted } from '../http/accepted';
import { withoutLabels } from '../http/label-filters';
import { foundInstant } from './asked-instant';
import { markersOf } from './episode-markers';
import { episodeSpan } from './episode-span';
import { EpisodesQuery } from './episodes.dto';
import { EpisodesView } from './episode-view.dto';
import { episodesView } from './episode-views';
import { chosenGroup, nothingCollected } from './find-slo';
import { DEFAULT_BURN, ForecastQuery } from './forecast.dto';
import { ForecastView } from './forecast-view.dto';
import { forecastView } from './forecast-views';
import { Present } from './present';
import { type FoundSlo, SloFinder } from './slo-finder';

type RawQuery = Readonly<Record<string, unknown>>;

/** What spent a budget, and when it will be spent or back. */
@ApiTags('slos')
@Controller('api/v1/slos')
export class SpendingController {
  constructor(
    private readonly finder: SloFinder,
    private readonly episodes: Episodes,
    private readonly forecasts: Forecasts,
    private readonly markers: MarkerStore,
    private readonly present: Present,
  ) {}

  /** Episodes and the rest add up to exactly what was consumed. */
  @RequireAccess('viewer')
  @Get(':service/:name/episodes')
  @ApiOperation({ summary: 'What spent the budget, and how much of it' })
  @ApiQuery({ type: EpisodesQuery })
  async spent(
    @Param('service') service: string,
    @Param('name') name: string,
    @Query() query: RawQuery,
  ): Promise<EpisodesView> {
    const asked = accepted(EpisodesQuery, withoutLabels(query));
    const entry = await this.finder.find(service, name, asked.retired === 'true');
    const group = chosenGroup(entry, query);
    const mergeSeconds = asked.merge === undefined ? 0 : mergeOf(asked.merge);
    const span = episodeSpan(asked, entry, this.present);
    const spending = await this.episodes.ask({ slo: entry.slo, group, mergeSeconds, ...span });
    if (spending === null) throw nothingCollected(entry, group);
    const markers = await markersOf(this.markers, entry.slo, spending.span);
    return episodesView(spending, markers, asked, mergeSeconds);
  }

  /** Walks forward: what the burn adds minus the bad events that leave the window. */
  @RequireAccess('viewer')
  @Get(':service/:name/forecast')
  @ApiOperation({ summary: 'When the budget is spent, or back' })
  @ApiQuery({ type: ForecastQuery })
  async forecast(
    @Param('service') service: string,
    @Param('name') name: string,
    @Query() query: RawQuery,
  ): Promise<ForecastView> {
    const asked = accepted(ForecastQuery, withoutLabels(query));
    const entry = await this.finder.find(service, name, asked.retired === 'true');
    const group = chosenGroup(entry, query);
    const at = foundInstant(entry, asked.at, this.present);
    const burnSeconds = burnOf(entry, asked.burn ?? DEFAULT_BURN, at);
    const backTo = asked.backTo === undefined ? null : parseShare('backTo', asked.backTo);
    const wanted = { slo: entry.slo, group, at, burnSeconds, backTo: backTo ?? 0 };
    const forecast = await this.forecasts.ask(wanted);
    if (forecast === null) throw nothingCollected(entry, group);
    return forecastView(forecast, backTo);
  }
}

const LONGEST_MERGE = '7d';

function mergeOf(text: string): number {
  const seconds = text === '0s' ? 0 : parseSeconds(text);
  if (seconds <= parseSeconds(LONGEST_MERGE)) return seconds;
  throw new InvalidValue('merge', text, `up to ${LONGEST_MERGE}`);
}

/** @throws InvalidValue for a window over which no burn is told */
function burnOf({ slo }: FoundSlo, text: string, at: number): number {
  const seconds = parseSeconds(text);
  const { burnWindows } = lookBacksOf(slo, at);
  if (burnWindows.includes(seconds)) return seconds;
  throw new InvalidValue('burn', text, burnWindows.map(formatSeconds).join(', '));
}
