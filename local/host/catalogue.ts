import type { Registered } from './core/core';
import { triggerOf } from './core/trigger';

/** The app's enabled functions by kind of trigger. Durable functions are found whatever the case of their name. */
export interface Catalogue {
  readonly all: readonly Registered[];
  ofType(trigger: string): Registered[];
  find(trigger: string, name: string): Registered | undefined;
}

export const RUN_HERE = ['httptrigger', 'timertrigger', 'eventgridtrigger', 'orchestrationtrigger', 'activitytrigger'];

export const typeOf = (called: Registered): string => triggerOf(called.metadata).type.toLowerCase();

const isDisabled = (name: string, environment: NodeJS.ProcessEnv): boolean =>
  [`AzureWebJobs.${name}.Disabled`, `AzureWebJobs_${name}_Disabled`].some((key) =>
    /^(true|1)$/i.test(environment[key] ?? ''),
  );

/** Leaves out functions that an app setting `AzureWebJobs.<name>.Disabled` switches off. */
export function catalogue(functions: Iterable<Registered>, environment: NodeJS.ProcessEnv): Catalogue {
  const all = [...functions].filter(({ metadata }) => !isDisabled(metadata.name, environment));
  const byName = new Map(all.map((called) => [`${typeOf(called)} ${called.metadata.name.toLowerCase()}`, called]));
  return {
    all,
    ofType: (trigger) => all.filter((called) => typeOf(called) === trigger),
    find: (trigger, name) => byName.get(`${trigger} ${name.toLowerCase()}`),
  };
}
