// biome-ignore-all lint/correctness/useYield: an orchestrator is a generator even if it waits for nothing

const df = require('durable-functions');

globalThis.activityRuns ??= new Map();
const counts = globalThis.activityRuns;
const count = (key) => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts.get(key);
};

df.app.activity('echo', { handler: (input) => ({ type: typeof input, value: input ?? null }) });
df.app.activity('same', { handler: (input) => input });
df.app.activity('noop', { handler: () => undefined });
df.app.activity('double', {
  handler: async (n) => {
    count(`double ${n}`);
    await new Promise((resolve) => setTimeout(resolve, n % 5));
    return n * 2;
  },
});
df.app.activity('failTimes', {
  handler: ({ key, times }) => {
    const run = count(key);
    if (run <= times) throw new Error(`planned failure ${run}`);
    return `ok after ${run}`;
  },
});
df.app.activity('later', { handler: (input) => new Promise((resolve) => setTimeout(() => resolve(input), 1)) });
df.app.activity('slow', { handler: ({ ms, value }) => new Promise((resolve) => setTimeout(() => resolve(value), ms)) });

const soon = (context, ms) => new Date(context.df.currentUtcDateTime.getTime() + ms);

df.app.orchestration('encodings', function* (context) {
  const values = ['abc', '123', '', 0, 1.5, true, [], [1, 'x'], { a: { b: null } }, null];
  const activities = [];
  for (const value of values) activities.push(yield context.df.callActivity('echo', value));
  const same = [];
  for (const value of values) same.push(yield context.df.callActivity('same', value));
  const children = [];
  for (const value of values) children.push(yield context.df.callSubOrchestrator('giveBack', value));
  return { activities, same, children };
});
df.app.orchestration('giveBack', function* (context) {
  return context.df.getInput();
});
df.app.orchestration('again', function* (context) {
  const input = context.df.getInput();
  if (typeof input === 'object' && input.left > 0)
    context.df.continueAsNew({ left: input.left - 1, seen: [...input.seen, input.left] });
  else if (input === 'first') context.df.continueAsNew('second');
  else return input;
});
df.app.orchestration('exhausted', function* (context) {
  const { key } = context.df.getInput();
  let message = 'no failure';
  try {
    yield context.df.callActivityWithRetry('failTimes', new df.RetryOptions(5, 3), { key, times: 99 });
  } catch (error) {
    message = error.message;
  }
  const after = yield context.df.callActivity('same', 'after');
  const healed = yield context.df.callActivityWithRetry('failTimes', new df.RetryOptions(5, 3), {
    key: `${key} healed`,
    times: 2,
  });
  return { message, after, healed };
});
df.app.orchestration('anyThenAll', function* (context) {
  const { key } = context.df.getInput();
  const retry = new df.RetryOptions(5, 4);
  const tasks = [1, 2, 3, 4].map((n) =>
    context.df.callActivityWithRetry('failTimes', retry, { key: `${key} ${n}`, times: n % 3 }),
  );
  yield context.df.Task.any(tasks);
  const between = yield context.df.callActivity('same', 'between');
  const all = yield context.df.Task.all(tasks);
  const last = yield context.df.callActivity('same', 'last');
  return { between, all, last };
});
df.app.orchestration('window', function* (context) {
  const { count: total, size } = context.df.getInput();
  const running = [];
  let next = 0;
  let sum = 0;
  while (next < total || running.length > 0) {
    while (running.length < size && next < total) running.push(context.df.callActivity('double', next++));
    const done = yield context.df.Task.any(running);
    running.splice(running.indexOf(done), 1);
    sum += done.result;
  }
  return sum;
});
df.app.orchestration('polledEvent', function* (context) {
  const waited = context.df.waitForExternalEvent('news');
  let polls = 0;
  for (;;) {
    const timer = context.df.createTimer(soon(context, 30));
    const winner = yield context.df.Task.any([waited, timer]);
    if (winner === waited) {
      if (!timer.isCompleted) timer.cancel();
      break;
    }
    polls += 1;
  }
  yield context.df.callActivity('noop');
  const second = yield context.df.waitForExternalEvent('news');
  return { first: waited.result, second, polledMoreThanOnce: polls > 1 };
});
df.app.orchestration('fanOut', function* (context) {
  const tasks = [];
  for (let i = 0; i < context.df.getInput(); i++) tasks.push(context.df.callActivity('later', i));
  const results = yield context.df.Task.all(tasks);
  return results.reduce((a, b) => a + b, 0);
});
df.app.orchestration('chain', function* (context) {
  for (let i = 0; i < context.df.getInput(); i++) yield context.df.callActivity('noop');
  return 'done';
});
df.app.orchestration('waits', function* (context) {
  context.df.setCustomStatus('waiting');
  return yield context.df.waitForExternalEvent('go');
});
df.app.orchestration('versioned', function* (context) {
  const child = yield context.df.callSubOrchestrator('myVersion');
  return { own: context.df.version, child };
});
df.app.orchestration('myVersion', function* (context) {
  return context.df.version;
});
df.app.orchestration('emptyError', function* () {
  throw new Error('');
});
df.app.orchestration('fails', function* (context) {
  yield context.df.callActivity('failTimes', { key: `fails ${context.df.instanceId}`, times: 99 });
});
df.app.orchestration('parentOfFailing', function* (context) {
  try {
    yield context.df.callSubOrchestrator('fails');
    return 'no failure';
  } catch (error) {
    return error.message;
  }
});
df.app.orchestration('childRetried', function* (context) {
  const key = `child ${context.df.instanceId}`;
  return yield context.df.callSubOrchestratorWithRetry(
    'failsTwice',
    new df.RetryOptions(5, 5),
    { key },
    `${context.df.instanceId}-child`,
  );
});
df.app.orchestration('failsTwice', function* (context) {
  return yield context.df.callActivity('failTimes', { key: context.df.getInput().key, times: 2 });
});
df.app.orchestration('fickle', function* (context) {
  const name = globalThis.fickleName ?? 'same';
  yield context.df.callActivity(name, 1);
  yield context.df.waitForExternalEvent('go');
  return 'done';
});
df.app.orchestration('sleeps', function* (context) {
  yield context.df.createTimer(soon(context, context.df.getInput()));
  return 'woke';
});
df.app.orchestration('callsNobody', function* (context) {
  yield context.df.callActivity('nobody');
});
df.app.orchestration('callsEntity', function* (context) {
  yield context.df.callEntity(new df.EntityId('counter', 'a'), 'add', 1);
});
df.app.orchestration('callsHttp', function* (context) {
  yield context.df.callHttp({ method: 'GET', url: 'https://127.0.0.1/' });
});
df.app.orchestration('logs', function* (context) {
  context.log('before');
  yield context.df.callActivity('noop');
  context.log('after');
});
