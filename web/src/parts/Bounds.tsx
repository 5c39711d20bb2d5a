/** The half-open piece `(lower, upper]` of a source's history, as the source printed it. */
export const Bounds = ({ lower, upper }: { lower: string | null; upper: string | null }) =>
  lower === null && upper === null ? (
    <span class="quiet">whole table</span>
  ) : (
    <span class="bounds mono">
      <span>({lower ?? 'start'},</span> <span>{upper ?? 'end'}]</span>
    </span>
  );
