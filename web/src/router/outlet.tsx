import type { ComponentType } from 'preact';
import { useEffect, useErrorBoundary, useLayoutEffect, useState } from 'preact/hooks';
import { Button } from '../kit/button';
import { Empty, Loading } from '../kit/states';
import { type Route, routeOf } from '../routes';
import { COMMON } from '../words/common';
import { say } from '../words/say';
import type { PageProps } from './page-props';
import { depth, path } from './place';
import { scrollDown } from './scroll-down';

/** The page of the address. A page that breaks takes nothing else with it. */
export function Outlet() {
  const found = routeOf(path.value);
  if (found === null) return <NotFound />;
  return <LoadedPage key={path.value} route={found.route} params={found.params} />;
}

function LoadedPage({
  route,
  params,
}: {
  readonly route: Route;
  readonly params: PageProps['params'];
}) {
  const [error, reset] = useErrorBoundary() as [unknown, () => void];
  const [loaded, setLoaded] = useState(() => pages.get(route));
  const [isMissing, setMissing] = useState(false);
  useLayoutEffect(() => {
    if (loaded !== undefined) return;
    route.load().then(
      ({ Page }) => {
        pages.set(route, Page);
        setLoaded(() => Page);
      },
      () => {
        setMissing(true);
      },
    );
  }, [route]);
  useArrival();
  if (error !== undefined || isMissing) return <Broken reset={reset} />;
  if (loaded === undefined) return <Loading />;
  const Page = loaded;
  return <Page params={params} />;
}

/** Those that were shown before are there at once. */
const pages = new Map<Route, ComponentType<PageProps>>();

/**
 * To a new path: its top, and focus at its beginning, as if the browser had loaded it. Back to one of
 * before: where it was read.
 */
function useArrival(): void {
  const here = path.value;
  useEffect(() => {
    const isNew = arrivedAt !== null && arrivedAt !== here;
    arrivedAt = here;
    if (!isNew) return undefined;
    document.getElementById('main')?.focus({ preventScroll: true });
    return scrollDown(depth.peek());
  }, [here]);
}

let arrivedAt: string | null = null;

function NotFound() {
  const words = say(COMMON);
  return (
    <Empty title={words.notFound}>
      <p>{words.notFoundText}</p>
      <p>
        <a href="/">{words.toOverview}</a>
      </p>
    </Empty>
  );
}

/** Also where the service was updated meanwhile, and the files of this version are gone. */
function Broken({ reset }: { readonly reset: () => void }) {
  const words = say(COMMON);
  return (
    <Empty title={words.pageBroken}>
      <p>{words.pageBrokenText}</p>
      <p>
        <Button
          onClick={() => {
            reset();
            location.reload();
          }}
        >
          {words.reload}
        </Button>
      </p>
    </Empty>
  );
}
