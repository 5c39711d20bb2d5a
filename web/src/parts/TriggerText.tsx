import type { Trigger } from '../../../shared/contracts/run';
import { absolute } from '../format/absolute';
import { Icon } from './Icon';

const icons = { timer: 'clock', blob: 'file', http: 'hand' } as const;
const words = { timer: 'timer', blob: 'file', http: 'by hand' } as const;

function what(trigger: Trigger): string {
  if (trigger.kind === 'timer') return trigger.schedule;
  if (trigger.kind === 'blob') return trigger.path.split('/').at(-1) ?? trigger.path;
  return trigger.actor;
}

function detail(trigger: Trigger): string {
  if (trigger.kind === 'timer') return `tick of ${absolute(trigger.tick)}`;
  if (trigger.kind === 'blob') return `${trigger.path}, etag ${trigger.etag}`;
  return trigger.reason;
}

/** Why a run exists: the kind as icon and word, then what exactly. `full` also says tick, path or reason. */
export const TriggerText = ({ trigger, full = false }: { trigger: Trigger; full?: boolean }) => (
  <span class="trigger" title={full ? undefined : detail(trigger)}>
    <Icon name={icons[trigger.kind]} />
    <span>{words[trigger.kind]}</span>
    <span class="quiet clip">
      {what(trigger)}
      {full && `: ${detail(trigger)}`}
    </span>
  </span>
);
