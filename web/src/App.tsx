import { useEffect, useState } from 'preact/hooks';
import { session } from './api/session';
import { Header } from './Header';
import { Page } from './Page';
import { SignInPage } from './pages/session/SignInPage';
import { useRoute } from './route/useRoute';

/** The frame around every page; the sign-in form takes its place while the API refuses this tab. */
export function App() {
  const route = useRoute();
  const [refused, setRefused] = useState(session.refused);
  useEffect(() => session.watch(() => setRefused(session.refused())), []);
  const place = route.path.join('/');

  const [first] = useState(place);
  useEffect(() => {
    if (place !== first) document.querySelector('h1')?.focus();
    scrollTo(0, 0);
  }, [place]);

  return (
    <>
      <Header section={route.path[0] ?? 'runs'} signedIn={refused === null && session.credential() !== null} />
      <main id="main" tabIndex={-1}>
        {refused === null ? <Page route={route} /> : <SignInPage why={refused} />}
      </main>
    </>
  );
}
