import { useState } from 'preact/hooks';
import type { DatasetView } from '../../api/answers';
import { ApiError } from '../../api/apiError';
import { client } from '../../api/client';
import { Icon } from '../../parts/Icon';

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Downloads the published file. A plain link could not carry the key, which must not stand in an address. */
export function Download({ view }: { view: DatasetView }) {
  const [error, setError] = useState<ApiError | null>(null);
  const { name, file } = view.dataset;
  const download = async () => {
    try {
      setError(null);
      save(await client.file(`/datasets/${encodeURIComponent(name)}/export`), file);
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
    }
  };
  return (
    <span class="line">
      <button class="plain small" type="button" onClick={() => void download()} title={file}>
        <Icon name="download" size={12} />
        CSV<span class="hidden"> of {name}</span>
      </button>
      {error !== null && (
        <span role="alert" class="tone-fail small">
          {error.problem.why}
        </span>
      )}
    </span>
  );
}
