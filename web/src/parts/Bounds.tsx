/** The half-open piece `(lower, upper]` of a source's history, as the source printed it; nothing where it has no cursor. */
export const Bounds = ({ lower, upper }: { lower: string | null; upper: string | null }) =>
  lower === null && upper === null ? null : (
    <span class="bounds mono">
      <span>({lower ?? 'start'},</span> <span>{upper ?? 'end'}]</span>
    </span>
  );
