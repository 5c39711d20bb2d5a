import { EndedRun, Heard } from '../../shared/contracts/ended';
import { bodyOf, json, type Route } from '../route';

/**
 * The call-back of a pipeline. It only wakes the orchestrator, which looks at the run for itself: one that is doubled,
 * late, early or made up costs a look and no more.
 */
const tellEnded: Route = {
  name: 'tellEnded',
  method: 'POST',
  path: 'ended',
  role: 'Reader',
  takes: EndedRun,
  answers: Heard,
  handle: async (call) => {
    const { instance, run } = await bodyOf(call, EndedRun);
    await call.services.instances(call.context).tellEnded(instance, run);
    // Not 202: behind that the factory would go on asking.
    return json(Heard, { heard: true });
  },
};

export const endedRoutes = [tellEnded];
