import type { Command } from 'commander';

const GROUP = 'Local Azure:';

/** What an action resolves with: the exit code of the process. */
type Act<A extends unknown[]> = (...args: A) => Promise<number>;

const layout = async () => (await import('../supervisor/layout.js')).layoutOf(process.env);
const say = (line: string) => process.stdout.write(`${line}\n`);

/**
 * Adds the commands of the local Azure to the command line.
 * @param end gets the exit code
 */
export function register(root: Command, end: (code: number) => void): void {
  const act =
    <A extends unknown[]>(run: Act<A>) =>
    async (...args: A) =>
      end(await run(...args));
  const local = (name: string, text: string) => root.command(name).description(text).helpGroup(GROUP);

  local('up', 'start the local Azure and wait until all of it is healthy').action(
    act(async () => (await import('./actions.js')).up(await layout(), say)),
  );
  local('down', 'stop the local Azure; its state stays').action(
    act(async () => (await import('./actions.js')).down(await layout(), say)),
  );
  local('status', 'show every service, or how to reach them')
    .option('--env', 'print shell lines: eval "$(tidemark status --env)"')
    .option('-o, --output <format>', 'table, json or csv', 'table')
    .action(act(async (options) => (await import('./status.js')).status(await layout(), options)));
  local('reset', 'stop the local Azure and remove all its state')
    .option('-y, --yes', 'do not ask')
    .action(act(async (options) => (await import('./actions.js')).reset(await layout(), options, say)));
  local('start <service>', 'start one service').action(
    act(async (name) => (await import('./actions.js')).one(await layout(), 'start', name, say)),
  );
  local('stop <service>', 'stop one service').action(
    act(async (name) => (await import('./actions.js')).one(await layout(), 'stop', name, say)),
  );
  local('logs [service]', 'show the logs of one service, or of all')
    .option('-f, --follow', 'go on until interrupted')
    .action(act(async (name, options) => (await import('./logs.js')).logs(await layout(), name, options)));
  local('seed', "fill the shop's database and the partner's folder")
    .option('--data <dir>', 'folder with users.csv or users.csv.gz, and published/*.csv for the partner')
    .option('--users <count>', 'how many users to generate', '20000')
    .option('--seed <number>', 'the same number gives the same shop', '1')
    .option('--replace', 'replace the users that are there')
    .action(act(async (options) => (await import('./actions.js')).seed(await layout(), options, say)));
  local('live', 'let the shop live for a while: updates, inserts, soft deletes')
    .option('--updates <count>', 'users that do something', '1000')
    .option('--inserts <count>', 'users that join', '50')
    .option('--deletes <count>', 'users that leave', '20')
    .option('--seed <number>', 'decides who does what', '2')
    .action(act(async (options) => (await import('./actions.js')).live(await layout(), options, say)));
  local('drop <file> <path>', 'upload a file into the landing zone, for instance as countries/countries.csv').action(
    act(async (file, path) => (await import('./actions.js')).drop(await layout(), file, path, say)),
  );
  local('secret <name>', 'put a secret into the local vault; its value comes on standard input').action(
    act(async (name) => (await import('./actions.js')).putSecret(await layout(), name, say)),
  );
  local('chaos', 'hurt a local Azure of its own in every way there is, and check that no promise breaks')
    .option('--seed <number>', 'the same number does the same again', '1')
    .option('--only <name>', 'only the scenarios whose name holds this')
    .option('--report <file>', 'where the report goes, as JSON')
    .action(act(async (options) => (await import('../chaos/chaos.js')).chaos(await layout(), options, say)));
  local('demo', 'show the whole pipeline: fill the shop, run, let it live, run again, drop a file')
    .option('--data <dir>', 'folder with users.csv or users.csv.gz, and published/*.csv for the partner')
    .option('--out <dir>', 'write the published gold tables of the first run here')
    .option('--users <count>', 'how many users to generate', '20000')
    .option('--seed <number>', 'the same number gives the same shop', '1')
    .option(
      '--keep',
      'leave the stack running; the next demo removes what this one left, unless `seed` filled the shop since',
    )
    .action(act(async (options) => (await import('./demo.js')).demo(await layout(), options, say)));
}
