import { expect, test } from 'vitest';
import { runActivity } from '../../../local/host/durable/runActivity';
import { asText, problem, problemOf } from '../../../shared/problem';

const lost = problem('VAULT_UNREACHABLE', 'Data Factory', 'It said {"a":1}\nand hung up.', 'Wait {a while}.', true);

/** What durable-functions throws into an orchestrator. */
const thrown = (reason: string, details: string) => new Error(`${reason} \n ${details}`);

test('comes back whole from an activity that failed in the local host, whose stack tells it once more', async () => {
  const fail = () => Promise.reject(new Error(asText(lost)));
  const outcome = await runActivity(fail, {} as never, { name: 'startCopy' } as never, 'run:users', undefined);
  if (outcome.kind !== 'failed') throw new Error('the activity is to fail');
  expect(problemOf(thrown(outcome.reason, outcome.details), 'users')).toEqual(lost);
});

test('comes back whole from an activity that failed in Azure', () => {
  const text = asText(lost);
  const reason = `Activity function 'startCopy' failed: Result: Failure\r\nException: ${text}\r\nStack: Error: ${text}\r\n    at run ({x}.js:1:1)`;
  expect(problemOf(thrown(reason, reason), 'users')).toEqual(lost);
});

test('is INTERNAL with the text when none was carried', () => {
  expect(problemOf(thrown('odd', 'Error: odd'), 'users')).toMatchObject({
    code: 'INTERNAL',
    where: 'users',
    why: 'odd \n Error: odd',
  });
});
