import { useState } from 'preact/hooks';
import { type Credential, session } from '../../api/session';
import { Title } from '../../parts/Title';

/** Asks for a function key or an access token. Only this tab keeps it. */
export function SignInPage({ why }: { why: string }) {
  const [kind, setKind] = useState<Credential['kind']>('key');
  const [value, setValue] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    if (value.trim() !== '') session.signIn({ kind, value: value.trim() });
  };
  return (
    <div class="sign-in">
      <Title text="Sign in" />
      {why !== '' && (
        <p role="alert" class="tone-fail">
          {why}
        </p>
      )}
      <form class="card form" onSubmit={submit}>
        <fieldset>
          <legend>What do you have?</legend>
          {(['key', 'token'] as const).map((each) => (
            <label key={each} class="choice">
              <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
              {each === 'key' ? 'A function key (local use)' : 'An access token (Entra ID)'}
            </label>
          ))}
        </fieldset>
        <label class="field">
          {kind === 'key' ? 'Function key' : 'Access token'}
          <input
            type="password"
            autocomplete="off"
            spellcheck={false}
            required
            value={value}
            onInput={(event) => setValue(event.currentTarget.value)}
          />
        </label>
        <button class="primary" type="submit">
          Sign in
        </button>
        <p class="quiet small">
          Kept for this tab only and forgotten when it closes. Locally, <code>tidemark status</code> prints the address
          with the key.
        </p>
      </form>
    </div>
  );
}
