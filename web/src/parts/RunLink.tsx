import { Link } from './Link';

/** A run by its id. */
export const RunLink = ({ run }: { run: string }) => (
  <Link to={['runs', run]} class="mono">
    {run}
  </Link>
);
