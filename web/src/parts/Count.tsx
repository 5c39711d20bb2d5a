import { count } from '../format/count';

/** A number of rows; none is shown faintly, so that what moved is what is seen. */
export const Count = ({ value }: { value: string }) => (
  <span class={value === '0' ? 'zero' : undefined}>{count(value)}</span>
);
