import type { Step } from '../../../shared/contracts/run';
import { absolute } from '../format/absolute';
import { stepLook } from '../looks/look';
import { Badge } from '../parts/Badge';
import { Took } from '../parts/Took';
import { layerOf, legend } from './layerOf';
import { rowsOf } from './rowsOf';

/** All that is known of the step under the pointer, the focus or the address. Always there, so nothing jumps. */
export function StepDetail({ step }: { step: Step | undefined }) {
  if (step === undefined) {
    return (
      <div class="step-detail">
        <ul class="legend">
          {legend.map(({ layer, steps }) => (
            <li key={layer} class={`layer-${layer}`}>{`${layer}: ${steps.join(', ')}`}</li>
          ))}
        </ul>
        <p class="quiet small">Point at a bar, or tab to it, for its details.</p>
      </div>
    );
  }
  const rows = rowsOf(step);
  return (
    <div class="step-detail">
      <p class="line">
        <strong>
          {step.subject} <span class="quiet">/</span> {step.name}
        </strong>
        <Badge look={stepLook[step.status]} />
        <Took started={step.started} ended={step.ended} />
        <span class="quiet">
          {['record', 'line'].includes(layerOf(step.name)) ? '' : `${layerOf(step.name)} layer`}
        </span>
        {rows !== '' && <span class="num">rows {rows}</span>}
      </p>
      <p class="line small">
        <span class="quiet">started {absolute(step.started)}</span>
        {step.external !== '' && (
          <span>
            <span class="quiet">external run</span> <code>{step.external}</code>
          </span>
        )}
        {step.detail !== '' && <span>{step.detail}</span>}
        {step.problem !== null && <span class="tone-fail">{`${step.problem.code}: ${step.problem.why}`}</span>}
      </p>
    </div>
  );
}
