import { session } from './api/session';
import mark from './mark.svg';
import { Link } from './parts/Link';

const sections = [
  ['runs', 'Runs'],
  ['sources', 'Sources'],
  ['datasets', 'Datasets'],
  ['alerts', 'Alerts'],
] as const;

/** Name, sections, way out. */
export const Header = ({ section, signedIn }: { section: string; signedIn: boolean }) => (
  <header class="top">
    <button class="skip" type="button" onClick={() => document.getElementById('main')?.focus()}>
      Skip to the content
    </button>
    <div class="inner">
      <Link to={['runs']} class="brand">
        <img src={mark} alt="" width={22} height={22} />
        Tidemark
      </Link>
      <nav aria-label="Sections">
        {sections.map(([name, title]) => (
          <Link key={name} to={[name]} current={section === name}>
            {title}
          </Link>
        ))}
      </nav>
      {signedIn && (
        <button class="plain" type="button" onClick={() => session.signOut()}>
          Sign out
        </button>
      )}
    </div>
  </header>
);
