import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { resolveSettings, textIfPresent } from './appSettings';

const slots = z
  .number()
  .int()
  .positive()
  .default(10 * cpus().length);

const Durable = z.object({
  hubName: z.string().default(process.env['WEBSITE_SITE_NAME'] ?? 'TestHubName'),
  maxConcurrentActivityFunctions: slots,
  maxConcurrentOrchestratorFunctions: slots,
  defaultVersion: z.string().optional(),
  overridableExistingInstanceStates: z.enum(['NonRunningStates', 'AnyState']).default('NonRunningStates'),
});

/** The settings of host.json that matter here; unknown ones are ignored, as the real host does. */
const HostJson = z.object({
  version: z.literal('2.0', { error: 'host.json: "version" must be "2.0"' }),
  functionTimeout: z.string().default('00:30:00'),
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().default('api') }).prefault({}),
      durableTask: Durable.prefault({}),
    })
    .prefault({}),
  logging: z.object({ logLevel: z.record(z.string(), z.string()).default({}) }).prefault({}),
});
export type HostSettings = z.infer<typeof HostJson>;

/** Reads host.json of an app directory; a missing file is an error, since the real host needs one too. */
export function readHostJson(directory: string, environment: NodeJS.ProcessEnv): HostSettings {
  const file = join(directory, 'host.json');
  const text = textIfPresent(file);
  if (text === undefined) throw new Error(`${file} is missing; an app needs at least {"version": "2.0"}`);
  const settings = HostJson.parse(JSON.parse(text));
  const durable = settings.extensions.durableTask;
  return {
    ...settings,
    extensions: {
      ...settings.extensions,
      durableTask: { ...durable, hubName: resolveSettings(durable.hubName, environment) },
    },
  };
}

/** A .NET time span `[d.]hh:mm:ss[.f]` in milliseconds; undefined for anything else. */
export function timeSpan(text: string): number | undefined {
  const parts = /^(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(text);
  if (parts === null) return undefined;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
