import { RunList } from '../../shared/contracts/api';
import type { Run } from '../../shared/contracts/run';
import { eventually } from './eventually';
import type { TestStack } from './stack';

/**
 * The run that read a dropped file of this many rows: its event starts one by itself, and whichever run is first reads
 * it, the one that was asked for or that one.
 */
export const whoRead = (stack: TestStack, asked: Run, source: string, rows: string): Promise<Run> =>
  eventually(`the run that read ${rows} rows of ${source}`, async () => {
    const all = RunList.shape.runs.parse(await stack.json('runs', 'ls', '--limit', '30'));
    return [asked, ...all].find(({ sources }) => sources[0]?.source === source && sources[0].read === rows);
  });
