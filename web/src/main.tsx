import { render } from 'preact';
import { App } from './app';
import { followLinks } from './router/place';
import { routeOf } from './routes';
import { applySettings } from './settings/settings';
import './styles/tokens.css';
import './styles/base.css';

// The files of another page than the first travel while the frame is drawn.
void routeOf(location.pathname)
  ?.route.load()
  .catch(() => undefined);

applySettings();
followLinks((path) => routeOf(path) !== null);
render(<App />, document.getElementById('app') ?? document.body);
