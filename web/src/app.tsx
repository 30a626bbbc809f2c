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
    if (me.peek() === null) void findOut(ends.signal);
    return () => {
      ends.abort();
    };
  });
  return <Frame>{isOut.value ? <SignIn /> : <Outlet />}</Frame>;
}
