import { beforeEach, describe, expect, test } from 'vitest';
import { instances } from '../../../functions/instances';
import type { Services } from '../../../functions/services';
import { caller } from '../../support/caller';

const RUN = '0b7e4a4e-6f0d-4c5b-9a53-3d0c1f6f7b11';
const INSTANCE = '20260101T000000-0000abcd:source:users';

let raised: [string, string][];
let failure: Error | null;
const client = {
  raiseEvent: async (id: string, name: string) => {
    if (failure) throw failure;
    raised.push([id, name]);
  },
};
const told = (body: unknown) =>
  caller({ instances: instances(() => client as never) } as unknown as Services)('tellEnded', {}, body);

beforeEach(() => {
  raised = [];
  failure = null;
});

describe('the call-back of a pipeline', () => {
  test('wakes the instance that waits for the run', async () => {
    expect((await told({ instance: INSTANCE, run: RUN })).status).toBe(200);
    expect(raised).toEqual([[INSTANCE, `ended:${RUN}`]]);
  });

  test('is taken, and wakes nobody, when the instance is not there', async () => {
    failure = new Error(`No instance with ID '${INSTANCE}' found.`);
    expect((await told({ instance: INSTANCE, run: RUN })).status).toBe(200);
  });

  test('is to be repeated when the task hub is away', async () => {
    failure = new Error('connect ECONNREFUSED');
    expect((await told({ instance: INSTANCE, run: RUN })).status).toBe(503);
  });

  test.each([
    ['another instance than that of a run', { instance: '@scheduler@x/../y', run: RUN }],
    ['another event', { instance: INSTANCE, run: 'approve' }],
    ['more than a call-back says', { instance: INSTANCE, run: RUN, status: 'Succeeded' }],
  ])('does not name %s', async (_what, body) => {
    expect((await told(body)).status).toBe(400);
    expect(raised).toEqual([]);
  });
});
