import type { Step } from '../../../shared/contracts/run';
import { absolute } from '../format/absolute';
import { count } from '../format/count';
import { stepLook } from '../looks/look';
import { Badge } from '../parts/Badge';
import { Took } from '../parts/Took';

/** The same steps as text, for screen readers and for copying. */
export const StepTable = ({ steps }: { steps: readonly Step[] }) => (
  <details class="fold">
    <summary>Steps as a table ({steps.length})</summary>
    <div class="scroll">
      <table class="stack-narrow">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Status</th>
            <th scope="col">Started</th>
            <th scope="col" class="num">
              Took
            </th>
            <th scope="col" class="num">
              Rows in
            </th>
            <th scope="col" class="num">
              Rows out
            </th>
            <th scope="col">External run</th>
            <th scope="col">Detail</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.id}>
              <th scope="row">{step.id}</th>
              <td data-label="Status">
                <Badge look={stepLook[step.status]} />
              </td>
              <td data-label="Started">{absolute(step.started)}</td>
              <td data-label="Took" class="num">
                <Took started={step.started} ended={step.ended} />
              </td>
              <td data-label="Rows in" class="num">
                {step.rowsIn === null ? '' : count(step.rowsIn)}
              </td>
              <td data-label="Rows out" class="num">
                {step.rowsOut === null ? '' : count(step.rowsOut)}
              </td>
              <td data-label="External run" class="mono">
                {step.external}
              </td>
              <td data-label="Detail">
                {step.problem === null ? step.detail : `${step.problem.code}: ${step.problem.why}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </details>
);
