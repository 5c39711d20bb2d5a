import type { External, SourceTask } from '../../shared/contracts/steps';
import type { Ports } from '../../shared/ports/ports';
import { begin, end, subjectOf } from '../step';

/** The bar of a run's wait for a source, which says for whom; a run that need not wait has none. */
export const waitBar = (ports: Ports, task: SourceTask, wait: External | null) => {
  const close = async (open: External, status: 'Succeeded' | 'Skipped', detail: string): Promise<void> =>
    end(ports, task.run, subjectOf(task), 'wait', open, { status, detail });
  return {
    open: (why: string): Promise<External> => begin(ports, task.run, subjectOf(task), 'wait', '', wait?.started, why),

    /** Its turn has come, or will not come any more. */
    async over(status: 'Succeeded' | 'Skipped', detail: string): Promise<void> {
      if (wait) await close(wait, status, detail);
    },

    /** It leaves the source to another run, also when it did not wait for a moment. */
    gaveWay: (why: string): Promise<void> =>
      close(wait ?? { external: '', started: ports.now().toISOString() }, 'Skipped', why),
  };
};
