const { app } = require('@azure/functions');

globalThis.triggered ??= [];
const seen = globalThis.triggered;
app.timer('hourly', { schedule: '0 0 * * * *', handler: async (timer) => void seen.push({ name: 'hourly', timer }) });
app.timer('everySecond', {
  schedule: '* * * * * *',
  handler: async (timer) => void seen.push({ name: 'everySecond', timer }),
});
app.eventGrid('landed', {
  handler: async (event, context) => {
    if (event.data?.fail) throw new Error('refused on purpose');
    seen.push({ name: 'landed', event, metadata: context.triggerMetadata });
  },
});
