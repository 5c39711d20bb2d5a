import { useEffect, useRef, useState } from 'preact/hooks';
import type { Started } from '../../api/answers';
import { ApiError } from '../../api/apiError';
import { client } from '../../api/client';
import { ProblemCard } from '../../parts/ProblemCard';
import { hrefOf } from '../../route/route';

interface Props {
  readonly sources: readonly string[];
  readonly onClose: () => void;
}

/** Starts a run of the chosen sources, for a reason, and goes to its page. */
export function RunNow({ sources, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [without, setWithout] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [cause] = useState(() => crypto.randomUUID());
  const chosen = sources.filter((name) => !without.includes(name));
  useEffect(() => dialog.current?.showModal(), []);

  const toggle = (name: string) =>
    setWithout((before) => (before.includes(name) ? before.filter((each) => each !== name) : [...before, name]));
  const start = async () => {
    setBusy(true);
    setError(null);
    try {
      const { run } = await client.post<Started>(
        '/runs',
        {
          ...(chosen.length < sources.length ? { sources: chosen } : {}),
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        },
        cause,
      );
      location.hash = hrefOf(['runs', run]);
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
      setBusy(false);
    }
  };

  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="run-now">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <h2 id="run-now">Run now</h2>
        <fieldset>
          <legend>Sources</legend>
          {sources.length === 0 && <p class="quiet">All sources of the catalog.</p>}
          <div class="choices">
            {sources.map((name) => (
              <label key={name} class="choice">
                <input type="checkbox" checked={!without.includes(name)} onChange={() => toggle(name)} />
                {name}
              </label>
            ))}
          </div>
        </fieldset>
        <label class="field">
          Reason
          <input
            type="text"
            maxLength={500}
            placeholder="started by hand"
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        {error !== null && (
          <div role="alert">
            <ProblemCard problem={error.problem} correlation={error.correlation} />
          </div>
        )}
        <div class="actions">
          <button class="plain" type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button class="primary" type="submit" disabled={busy || (sources.length > 0 && chosen.length === 0)}>
            {busy ? 'Starting…' : 'Start the run'}
          </button>
        </div>
      </form>
    </dialog>
  );
}
