import type { ServiceName } from './freePorts';

/** One process of the local Azure. */
export interface Service {
  readonly name: ServiceName;
  /** Services that must be healthy before this one is started for the first time. */
  readonly after: readonly ServiceName[];
  /** What has to be there before the process starts; called at every start. */
  readonly command: () => Promise<Command>;
  /** Whether it answers as it should; throws or says false while it does not. */
  readonly probe: () => Promise<boolean>;
  /** Milliseconds from start to health before the attempt counts as failed. */
  readonly startLimitMs: number;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly graceMs: number;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What is known about a service: `waiting` for others, `starting`, `healthy`, `restarting` after a death, or `stopped`. */
export type ServiceState = 'waiting' | 'starting' | 'healthy' | 'restarting' | 'stopped';
