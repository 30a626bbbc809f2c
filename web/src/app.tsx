import { useSignalEffect } from '@preact/signals';
import { followFigures } from './api/live';
import { Outlet } from './router/outlet';
import { findOut, isOut, me } from './session/session';
import { SignIn } from './session/sign-in';
import { Frame } from './shell/frame';

export function App() {
  useSignalEffect(() => {
    if (isOut.value) {
      me.value = null;
      return undefined;
    }
    const ends = new AbortController();
    void followFigures(ends.signal);
    // A failure is told by whatever page asks next; until then nobody may do anything.
    if (me.peek() === null) findOut().catch(() => undefined);
    return () => {
      ends.abort();
    };
  });
  return <Frame>{isOut.value ? <SignIn /> : <Outlet />}</Frame>;
}
