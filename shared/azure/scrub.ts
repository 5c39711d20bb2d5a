const LONGEST = 2000;

/** Shapes of secrets and of personal data in texts of other programs, and what stays in their place. */
const SHAPES: readonly (readonly [shape: RegExp, left: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
  [/\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g, '[token]'],
  [/\b(Bearer|SharedKey|SharedAccessSignature|Basic)\s+[\w.~+/=:-]{8,}/gi, '$1 [secret]'],
  [/\bdapi[0-9a-f]{16,}(-\d+)?/gi, '[token]'],
  [/(\b\w+:\/\/[^\s:/@]+):[^\s@/]+@/g, '$1:[secret]@'],
  [
    /\b(password|passwd|pwd|passphrase|secret|client_secret|account_?key|access_?key|access_?token|refresh_?token|api_?key|sig|signature)(["']?\s*[=:]\s*)(?!(?:YES|NO)\b)("[^"]*"|'[^']*'|[^\s;,&"')}\]]+)/gi,
    '$1$2[secret]',
  ],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[address]'],
];

/** A text of another program without secrets and mail addresses, at most 2,000 characters long. */
export function scrub(text: string): string {
  const clean = SHAPES.reduce((left, [shape, instead]) => left.replaceAll(shape, instead), text).trim();
  return clean.length <= LONGEST ? clean : `${clean.slice(0, LONGEST - 1)}…`;
}
