import type { Fault } from '../http/faults';
import type { ServiceName } from '../supervisor/freePorts';
import { plant } from './plant';
import type { Scenario } from './scenario';

interface Planted {
  readonly name: string;
  readonly what: string;
  readonly service: ServiceName;
  readonly faults: readonly Partial<Fault>[];
}

const CREATE_RUN = 'POST /subscriptions/';
const SUBMIT = 'POST /api/2.2/jobs/runs/submit';
const MAIL = 'POST /emails:send';
const after = { kind: 'drop-after' } as const;
const tooMany = (headers: Record<string, string> = {}) => ({ kind: 'status', status: 429, headers }) as const;

/** What the published services do at times: a reply that never comes back, too many requests, slowness, an outage. */
const PLANTED: readonly Planted[] = [
  {
    name: 'lost-create-run',
    what: 'replies of createRun are lost after the run was created',
    service: 'adf',
    faults: [{ match: CREATE_RUN, ...after, times: 2 }],
  },
  {
    name: 'lost-submit',
    what: 'replies of the Databricks submit are lost after the run was created',
    service: 'databricks',
    faults: [{ match: SUBMIT, ...after, times: 2 }],
  },
  {
    name: 'lost-put',
    what: 'replies of writes into the lake are lost after the write',
    service: 'lake',
    faults: [
      { match: 'PATCH /', ...after, times: 2 },
      { match: 'PUT /', ...after, times: 2 },
    ],
  },
  {
    name: 'cut-before',
    what: 'requests to the factory are cut before they arrive',
    service: 'adf',
    faults: [{ match: '* /', kind: 'drop-before', times: 3 }],
  },
  {
    name: 'throttled-factory',
    what: 'the factory answers 429 with Retry-After',
    service: 'adf',
    faults: [{ match: '* /', ...tooMany({ 'retry-after': '1' }), times: 3 }],
  },
  {
    name: 'throttled-factory-silent',
    what: 'the factory answers 429 without Retry-After',
    service: 'adf',
    faults: [{ match: '* /', ...tooMany(), times: 3 }],
  },
  {
    name: 'throttled-databricks',
    what: 'Databricks answers 429 with Retry-After',
    service: 'databricks',
    faults: [{ match: '* /api/', ...tooMany({ 'retry-after': '1' }), times: 3 }],
  },
  {
    name: 'throttled-databricks-silent',
    what: 'Databricks answers 429 without Retry-After',
    service: 'databricks',
    faults: [{ match: '* /api/', ...tooMany(), times: 3 }],
  },
  {
    name: 'throttled-vault',
    what: 'Key Vault answers 429 without Retry-After',
    service: 'vault',
    faults: [{ match: '* /', ...tooMany(), times: 2 }],
  },
  {
    name: 'broken-lake',
    what: 'the lake answers 500 and 503',
    service: 'lake',
    faults: [
      { match: '* /', kind: 'status', status: 500 },
      { match: '* /', kind: 'status', status: 503 },
    ],
  },
  {
    name: 'slow-factory',
    what: 'the factory takes five seconds for an answer',
    service: 'adf',
    faults: [{ match: '* /', kind: 'delay', ms: 5000, times: 2 }],
  },
  {
    name: 'silent-databricks',
    what: 'Databricks is silent for ten seconds',
    service: 'databricks',
    faults: [{ match: '* /api/', kind: 'outage', ms: 10_000 }],
  },
];

const scenario = ({ name, what, service, faults }: Planted): Scenario => ({
  name,
  what,
  async play(world) {
    await world.live();
    const planted = await plant(world, service, faults);
    await world.end(await world.start('users'));
    return planted.struck();
  },
});

export const faults: readonly Scenario[] = PLANTED.map(scenario);

/** Played before the letters of other scenarios have used up what the mail service takes in an hour. */
export const lostMail: Scenario = {
  name: 'lost-mail',
  what: 'the reply of the mail service is lost after it took the letter',
  async play(world) {
    const planted = await plant(world, 'mail', [{ match: MAIL, ...after, times: 1 }]);
    const broken = await plant(world, 'vault', [{ match: '* /', kind: 'status', status: 403, times: 100 }]);
    await world.live();
    await world.end(await world.start());
    await broken.end();
    // Letters are sent behind the end of their run.
    await world.quiet();
    return planted.struck();
  },
};
