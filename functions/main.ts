import { join } from 'node:path';
import { app, type EventGridEvent, type HttpRequest, type InvocationContext, type Timer } from '@azure/functions';
import * as df from 'durable-functions';
import { activities } from '../activities/all';
import type { Surroundings } from '../activities/surroundings';
import { orchestrations } from '../orchestrators/all';
import { connect } from '../shared/azure/connect';
import { readSettings } from '../shared/config';
import { ProblemError } from '../shared/errors';
import { problem } from '../shared/problem';
import { access } from './access';
import { routes } from './api/all';
import { instances } from './instances';
import { answer } from './route';
import type { Services } from './services';
import { start } from './start';
import { dashboard } from './triggers/dashboard';
import { heartbeat } from './triggers/heartbeat';
import { onBlob } from './triggers/onBlob';
import { erasure, maintenance } from './upkeep';

// The composition root: the one file that does something when it is loaded.
const settings = readSettings(process.env);
const now = () => new Date();
const ports = connect(settings, now);
const services: Services = {
  ports,
  publicUrl: settings.PUBLIC_URL.replace(/\/$/, ''),
  instances: instances(),
  start: start(ports),
  maintain: maintenance(ports),
  erase: erasure(ports),
  catalog: async () => {
    const catalog = await ports.catalogs.current();
    if (catalog) return catalog;
    throw new ProblemError(
      problem('CATALOG_ABSENT', 'catalog', 'none has been published yet.', 'Publish one: `tidemark catalog publish`.'),
    );
  },
};
const surroundings: Surroundings = {
  lakeUrl: settings.LAKE_URL,
  vaultUrl: settings.VAULT_URL,
  connection: (name) => {
    const address = settings.CONNECTIONS[name];
    if (address) return address;
    throw new ProblemError(
      problem(
        'CONNECTION_UNKNOWN',
        name,
        'this deployment has no address for it.',
        'Add it to the setting CONNECTIONS.',
      ),
    );
  },
  lakeUri: settings.LAKE_URI,
  pace: { first: settings.POLL_FIRST_SECONDS, longest: settings.POLL_LONGEST_SECONDS },
  publicUrl: services.publicUrl,
  audience: settings.ENTRA_AUDIENCE,
};

const durable = [df.input.durableClient()];
const allowed = access(settings);

for (const { name, handler } of activities) df.app.activity(name, { handler: handler(ports, surroundings) });
for (const { name, input, run } of orchestrations) {
  df.app.orchestration(name, function* (context) {
    return yield* run(context, input.parse(context.df.getInput()));
  });
}

for (const route of routes) {
  app.http(route.name, {
    methods: [route.method],
    route: `api/v1/${route.path}`,
    authLevel: 'anonymous', // who may do what is decided in access.ts, the same everywhere
    extraInputs: durable,
    handler: answer(route, services, allowed),
  });
}
app.timer('heartbeat', {
  schedule: '0 * * * * *',
  extraInputs: durable,
  handler: (timer: Timer, context: InvocationContext) => heartbeat(services)(timer, context),
});
app.eventGrid('onBlob', {
  extraInputs: durable,
  handler: (event: EventGridEvent, context: InvocationContext) => onBlob(services)(event, context),
});
// The host takes the first route that fits, in the order of the functions' names: a route that fits all needs the last one.
app.http('web', {
  methods: ['GET'],
  route: '{*file}',
  authLevel: 'anonymous',
  handler: (request: HttpRequest) => dashboard(join(__dirname, '../web'))(request),
});
