import { refuseFiles as contract } from '../../shared/contracts/steps/files';
import { refusal } from '../../shared/files/problems';
import { implement } from '../implement';

/** Files that the factory could not read are refused on record; their bytes are kept, and the others go on. */
export const refuseFiles = implement(contract, (ports) => async ({ task, files }) => {
  const last = ports.now().toISOString();
  const seen = await ports.files.of(task.source);
  const refused = files.flatMap(({ sha256, problem }) =>
    seen
      .filter((version) => version.sha256 === sha256 && version.outcome === 'admitted')
      .map((version) => ({ ...version, outcome: 'refused' as const, reason: problem.why.replace(/\.$/, ''), last })),
  );
  await ports.files.put(refused);
  return { problems: refused.map((version) => refusal(task.source, version)) };
});
