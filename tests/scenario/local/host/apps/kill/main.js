const { appendFileSync } = require('node:fs');
const { setTimeout: pause } = require('node:timers/promises');
const df = require('durable-functions');

/** One line per execution, in a file that outlives the process. */
const note = (text) => appendFileSync(process.env.KILL_NOTES, `${text}\n`);
const tries = new Map();

df.app.activity('double', {
  handler: async (n) => {
    note(`double ${n}`);
    await pause(n % 20);
    return n * 2;
  },
});
df.app.activity('flaky', {
  handler: async ({ key, value }) => {
    note(`flaky ${key}`);
    const run = (tries.get(key) ?? 0) + 1;
    tries.set(key, run);
    if (run <= 2) throw new Error(`planned failure ${run} of ${key}`);
    return value;
  },
});

const retry = new df.RetryOptions(20, 20);

df.app.orchestration('child', function* (context) {
  return (yield context.df.callActivity('double', context.df.getInput())) + 1;
});

df.app.orchestration('mixed', function* (context) {
  const { n, round, sum } = context.df.getInput();
  const id = `${context.df.instanceId} ${round}`;
  context.df.setCustomStatus({ round });
  const first = yield context.df.callActivityWithRetry('flaky', retry, { key: `${id} a`, value: n });
  const tasks = [0, 1, 2, 3, 4, 5].map((i) => context.df.callActivity('double', n + i));
  tasks.push(context.df.callActivityWithRetry('flaky', retry, { key: `${id} b`, value: 100 }));
  const all = yield context.df.Task.all(tasks);
  const child = yield context.df.callSubOrchestrator('child', n);
  const timer = context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 40));
  const event = context.df.waitForExternalEvent('never');
  const winner = yield context.df.Task.any([timer, event]);
  const total = sum + first + all.reduce((a, b) => a + b, 0) + child + (winner === timer ? 1 : 1000);
  if (round === 1) return total;
  context.df.continueAsNew({ n, round: round + 1, sum: total });
});

df.app.orchestration('chain', function* (context) {
  let value = context.df.getInput();
  for (let i = 0; i < 8; i++) value = yield context.df.callActivity('double', value);
  return value;
});

/** Takes numbered events until the last; the sender repeats a call whose answer it lost, so doubles are known and left out. */
df.app.orchestration('collector', function* (context) {
  const { next, last, gaps } = context.df.getInput();
  let [expected, missed] = [next, gaps];
  for (let i = 0; i < 7; i++) {
    const number = yield context.df.waitForExternalEvent('number');
    if (number === expected) expected += 1;
    else if (number > expected) missed += 1;
    if (expected > last) return { received: expected - 1, gaps: missed };
  }
  context.df.continueAsNew({ next: expected, last, gaps: missed });
});
