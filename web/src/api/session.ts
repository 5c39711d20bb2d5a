/** How this tab proves who it is. Kept in memory and in sessionStorage, gone with the tab; never in localStorage. */
export interface Credential {
  readonly kind: 'key' | 'token';
  readonly value: string;
}

const SLOT = 'tidemark.credential';
const listeners = new Set<() => void>();
let held: Credential | null = null;
let refused: string | null = null;

const tell = () => {
  for (const listener of listeners) listener();
};

const isCredential = (value: unknown): value is Credential =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  (value.kind === 'key' || value.kind === 'token') &&
  'value' in value &&
  typeof value.value === 'string';

function keep(credential: Credential | null): void {
  held = credential;
  if (credential === null) sessionStorage.removeItem(SLOT);
  else sessionStorage.setItem(SLOT, JSON.stringify(credential));
}

/** Reads `#key=...[&go=/runs/...]`, takes the key out of the address bar and out of the history, and goes on. */
export function openSession(): void {
  const fragment = location.hash.slice(1);
  if (fragment.startsWith('key=')) {
    const given = new URLSearchParams(fragment);
    const go = given.get('go') ?? '/runs';
    history.replaceState(null, '', `#${go.startsWith('/') ? go : '/runs'}`);
    keep({ kind: 'key', value: given.get('key') ?? '' });
    return;
  }
  const stored: unknown = JSON.parse(sessionStorage.getItem(SLOT) ?? 'null');
  if (isCredential(stored)) held = stored;
}

export const session = {
  credential: (): Credential | null => held,
  /** Why the API refused this tab, or null. */
  refused: (): string | null => refused,
  signIn(credential: Credential): void {
    keep(credential);
    refused = null;
    tell();
  },
  signOut(): void {
    keep(null);
    refused = '';
    tell();
  },
  refuse(why: string): void {
    if (refused !== null) return;
    refused = why;
    tell();
  },
  watch(listener: () => void): () => void {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};
