const S = 1000;
const M = 60 * S;
const H = 60 * M;
const STEPS = [
  0.1 * S,
  0.2 * S,
  0.5 * S,
  S,
  2 * S,
  5 * S,
  10 * S,
  15 * S,
  30 * S,
  M,
  2 * M,
  5 * M,
  10 * M,
  15 * M,
  30 * M,
];
const LONG = [H, 2 * H, 3 * H, 6 * H, 12 * H, 24 * H];

function label(ms: number, step: number, span: number): string {
  if (step % H === 0) return `${ms / H} h`;
  if (step % M === 0) return `${ms / M} min`;
  if (span < M) return `${Number((ms / S).toFixed(1))} s`;
  return `${Math.floor(ms / M)}:${String(Math.round((ms % M) / S)).padStart(2, '0')}`;
}

/** Marks of the time axis at round distances from the start, at most `most` of them after the first. */
export function ticksOf(span: number, most: number): { at: number; label: string }[] {
  const all = [...STEPS, ...LONG];
  const step = all.find((each) => span / each <= most) ?? Math.ceil(span / most / (24 * H)) * 24 * H;
  const ticks = [];
  for (let nth = 0; nth * step <= span; nth += 1) ticks.push({ at: nth * step, label: label(nth * step, step, span) });
  return ticks;
}
