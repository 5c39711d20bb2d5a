const CHUNK = 32_000;
const MOST = 15;

/**
 * A JSON value as properties `json00`, `json01` and so on, since one text property holds at most 32 K characters.
 * @throws Error above 480,000 characters: an entity holds 1 MiB
 * @see https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
 */
export function toChunks(value: unknown): Record<string, string> {
  const text = JSON.stringify(value);
  const chunks: Record<string, string> = {};
  for (let from = 0, count = 0; from < text.length; count += 1) {
    if (count === MOST) {
      throw new Error(`A record of ${text.length} characters is too large for one table entity (${CHUNK * MOST}).`);
    }
    const to = from + CHUNK - (endsInsidePair(text, from + CHUNK) ? 1 : 0);
    chunks[`json${String(count).padStart(2, '0')}`] = text.slice(from, to);
    from = to;
  }
  return chunks;
}

/** The value that was chunked. */
export function fromChunks(values: Readonly<Record<string, string>>): unknown {
  const names = Object.keys(values).filter((name) => /^json\d\d$/.test(name));
  return JSON.parse(
    names
      .sort()
      .map((name) => values[name])
      .join(''),
  );
}

/** Half of a surrogate pair would not survive the way to the service as UTF-8. */
const endsInsidePair = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at - 1);
  return at < text.length && unit >= 0xd800 && unit <= 0xdbff;
};
