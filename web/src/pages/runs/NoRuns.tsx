import { Empty } from '../../parts/Empty';

/** Before the first run: three ways to have one. */
export const NoRuns = ({ onAsk }: { onAsk: () => void }) => (
  <Empty title="Nothing has run yet.">
    <p>A run starts in one of three ways:</p>
    <ul>
      <li>
        <button class="link" type="button" onClick={onAsk}>
          Run now
        </button>{' '}
        here, or <code>tidemark run</code> in a terminal;
      </li>
      <li>a file that lands in the folder of a source;</li>
      <li>the next tick of a schedule in the catalog.</li>
    </ul>
  </Empty>
);
