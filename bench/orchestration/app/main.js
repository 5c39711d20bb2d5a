const df = require('durable-functions');

df.app.activity('noop', { handler: () => 1 });
df.app.orchestration('chain', function* (context) {
  for (let i = 0; i < context.df.getInput(); i++) yield context.df.callActivity('noop', i);
});
df.app.orchestration('fanOut', function* (context) {
  const tasks = Array.from({ length: context.df.getInput() }, (_, i) => context.df.callActivity('noop', i));
  return (yield context.df.Task.all(tasks)).length;
});
