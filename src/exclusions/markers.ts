import { Injectable } from '@nestjs/common';
import type { CallerIs } from '../auth/caller';
import { DefinitionRegistry } from '../definitions/registry';
import { sloId } from '../domain/slo';
import { InvalidInput } from '../http/invalid-input';
import { keysetPage } from '../http/keyset-page';
import type { Page } from '../http/page';
import { type Marker, MarkerStore, type NewMarker } from './marker-store';
import type { CreateMarker, MarkerQuery } from './markers.dto';

/** What people and pipelines say happened. */
@Injectable()
export class Markers {
  constructor(
    private readonly store: MarkerStore,
    private readonly registry: DefinitionRegistry,
  ) {}

  /** @throws InvalidInput for a service or SLO that is not defined, and an end before the beginning */
  add(asked: CreateMarker, by: CallerIs): Promise<Marker> {
    const { kind, text, link = null } = asked;
    const at = seconds(asked.at);
    const end = asked.end === undefined ? null : seconds(asked.end);
    if (end !== null && end < at) {
      throw new InvalidInput([{ field: 'end', value: asked.end, allowed: 'not before at' }]);
    }
    const marker = { kind, at, end, text, ...this.aboutOf(asked), labels: labelsOf(asked), link };
    return this.store.add(marker, by);
  }

  list(query: MarkerQuery): Promise<Page<Marker>> {
    const { from, to, kind, slo } = query;
    const [service, name] = slo?.split('/') ?? [query.service];
    if (slo !== undefined && query.service !== undefined && query.service !== service) {
      const allowed = 'the service of slo, or none';
      throw new InvalidInput([{ field: 'service', value: query.service, allowed }]);
    }
    const times = {
      from: from === undefined ? undefined : seconds(from),
      to: to === undefined ? undefined : seconds(to),
    };
    return keysetPage(
      query,
      /^\d{1,15}-\d{1,18}$/,
      ({ at, id }) => `${Math.round(at * 1000)}-${id}`,
      (after, limit) => {
        const [at, id = ''] = after?.split('-') ?? [];
        const place = at === undefined ? null : { at: Number(at), id };
        return this.store.list({ ...times, kind, service, name }, place, limit);
      },
    );
  }

  private aboutOf({ slo, service }: CreateMarker): Pick<NewMarker, 'service' | 'name'> {
    const all = this.registry.current().defined.map((each) => each.slo);
    if (slo !== undefined && service !== undefined) {
      throw new InvalidInput([{ field: 'service', value: service, allowed: 'only without slo' }]);
    }
    if (slo !== undefined) {
      const found = all.find((each) => sloId(each) === slo);
      if (found === undefined) throw unknown('slo', slo, all.map(sloId));
      return { service: found.service, name: found.name };
    }
    if (service === undefined) return { service: null, name: null };
    const services = all.map((each) => each.service);
    if (!services.includes(service)) throw unknown('service', service, services);
    return { service, name: null };
  }
}

const MOST_NAMED = 20;

function unknown(field: string, value: string, known: readonly string[]): InvalidInput {
  const shown = [...new Set(known)].sort().slice(0, MOST_NAMED).join(', ');
  return new InvalidInput([{ field, value, allowed: `one that is defined, such as ${shown}` }]);
}

function labelsOf({ labels = {} }: CreateMarker): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      throw new InvalidInput([{ field: `labels.${name}`, value, allowed: 'text' }]);
    }),
  );
}

/** To the millisecond, as pages go on behind them. */
function seconds(text: string): number {
  return Date.parse(text) / 1000;
}
