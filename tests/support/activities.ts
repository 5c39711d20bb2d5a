import type { Surroundings } from '../../activities/surroundings';
import type { SourceTask } from '../../shared/contracts/steps';

/** The users in a run of its own, with what a test wants otherwise. */
export const aTask = (rest: Partial<SourceTask> = {}): SourceTask => ({
  run: '20260101T000000-0000abcd',
  catalog: '1',
  source: 'users',
  kind: 'mysql',
  pace: { first: 1, longest: 1 },
  byHand: false,
  whenBusy: 'queue',
  attempts: 3,
  ...rest,
});

/** A deployment whose addresses lead nowhere: what an activity asks for goes to the fakes. */
export const surroundings: Surroundings = {
  lakeUrl: 'https://lake',
  vaultUrl: 'https://vault',
  lakeUri: 'abfss://{container}@lake',
  pace: { first: 1, longest: 1 },
  publicUrl: 'https://tidemark',
  connection: () => ({ host: 'db', port: 3306, username: 'reader' }),
};
