import { Command } from 'commander';

const several = (value: string, before: string[]): string[] => [...before, value];
const listed = (command: Command): Command => command.option('-o, --output <format>', 'table, json or csv', 'table');
const keyed = (command: Command): Command =>
  command.option('--key <text>', 'the same key again is the same request (one is made up when absent)');

/** What an action resolves with: the exit code of the process. */
type Act<A extends unknown[]> = (...args: A) => Promise<number>;

/**
 * The commands that speak to the HTTP API. Each action loads its code only when it is chosen, so that help is quick.
 * @param end gets the exit code
 */
export function program(end: (code: number) => void): Command {
  const act =
    <A extends unknown[]>(run: Act<A>) =>
    async (...args: A) =>
      end(await run(...args));
  const root = new Command('tidemark')
    .description('Event-driven medallion pipeline: run it, watch it, read what it publishes.')
    .showHelpAfterError('(see tidemark --help)')
    .enablePositionalOptions() // behind a command an option is that command's
    .showSuggestionAfterError();

  keyed(listed(root.command('run').description('start a run')))
    .option('-s, --source <name>', 'only this source (may be repeated)', several, [])
    .option('-w, --wait', 'follow the run; the exit code is 1 when it fails')
    .option('-r, --reason <text>', 'why, for the audit')
    .option('--plan <id>', 'exactly what `tidemark plan` showed, or nothing')
    .option('--deletes', 'also find rows that are gone at their source, by its keys')
    .option('--accept-deletes <count>', 'so many of them may go, whatever the catalog allows')
    .option('--no-queue', 'fail at once where another run is at work, instead of waiting for it')
    .addHelpText('after', '\nExample: tidemark run --source users --wait')
    .action(act(async (options) => (await import('./commands/run.js')).run(options)));
  listed(root.command('plan').description('show what a run would do, and start nothing'))
    .option('-s, --source <name>', 'only this source (may be repeated)', several, [])
    .action(act(async (options) => (await import('./commands/plan.js')).plan(options)));
  keyed(
    listed(
      root.command('reconcile').description('bring silver up to its sources, and hold bronze and silver against them'),
    ),
  )
    .option('-s, --source <name>', 'only this source (may be repeated)', several, [])
    .option('-r, --reason <text>', 'why, for the audit')
    .addHelpText('after', '\nThe exit code is 1 when they differ.')
    .action(act(async (options) => (await import('./commands/reconcile.js')).reconcile(options)));
  keyed(listed(root.command('rerun <run>').description('take up what a run left undone')))
    .option('--as-was', 'merge its very windows and files again, under its catalog; the watermark stays')
    .option('-w, --wait', 'follow the run; the exit code is 1 when it fails')
    .option('-r, --reason <text>', 'why, for the audit')
    .action(act(async (run, options) => (await import('./commands/run.js')).rerun(run, options)));
  keyed(listed(root.command('backfill <source>').description('read a range of a source again, beside the live runs')))
    .requiredOption('--from <cursor>', 'from behind this cursor')
    .requiredOption('--to <cursor>', 'up to this cursor, not beyond the watermark')
    .option('--window <size>', 'in windows of this size: 30s, 15m, 6h, 7d, or a count of numbers')
    .option('--parallel <count>', 'windows at a time', '2')
    .option('-w, --wait', 'follow the run; the exit code is 1 when it fails')
    .option('-r, --reason <text>', 'why, for the audit')
    .action(act(async (source, options) => (await import('./commands/run.js')).backfill(source, options)));
  keyed(listed(root.command('cancel <run>').description('stop a run, with the copies and jobs that it has started')))
    .requiredOption('-r, --reason <text>', 'why, for the audit')
    .option('-w, --wait', 'until it has stopped')
    .action(act(async (run, options) => (await import('./commands/cancel.js')).cancel(run, options)));
  listed(root.command('audit').description('list what people did, when and why'))
    .option('-n, --limit <count>', 'how many', '20')
    .action(act(async (options) => (await import('./commands/audit.js')).audit(options)));

  keyed(listed(root.command('erase <key...>').description('erase a person from every layer')))
    .requiredOption('-t, --table <name>', 'silver table whose key it is')
    .requiredOption('-r, --reason <text>', 'why, for the audit')
    .option('--purge-now', 'remove old versions of the tables at once, not after their time')
    .option('-w, --wait', 'follow the run and show every place')
    .addHelpText('after', '\nExample: tidemark erase --table users --reason "request 4711" -- -4811234567890123456')
    .action(act(async (key, options) => (await import('./commands/erase.js')).erase(key, options)));

  keyed(listed(root.command('maintain').description('compact, lay out, sweep and purge')))
    .option('-t, --table <name>', 'only this silver table or dataset (may be repeated)', several, [])
    .option('-w, --wait', 'follow the run; the exit code is 1 when it fails')
    .option('-r, --reason <text>', 'why, for the audit')
    .addHelpText('after', '\nExample: tidemark maintain --table users --wait')
    .action(act(async (options) => (await import('./commands/maintain.js')).maintain(options)));

  const runs = root.command('runs').description('list, show and watch runs');
  listed(runs.command('ls').description('list runs, the newest first'))
    .option('-n, --limit <count>', 'how many', '20')
    .action(act(async (options) => (await import('./commands/runs.js')).list(options)));
  listed(runs.command('show <run>').description('show one run with its steps')).action(
    act(async (run, options) => (await import('./commands/runs.js')).show(run, options)),
  );
  listed(runs.command('watch <run>').description('follow a run to its end')).action(
    act(async (run, options) => (await import('./commands/runs.js')).follow(run, options)),
  );

  const listing = root.command('sources').description('list the sources and how far each has come');
  const sources = listed(listing.enablePositionalOptions()).action(
    act(async (options) => (await import('./commands/sources.js')).sources(options)),
  );
  listed(sources.command('windows <source>').description('show what became of every row of the last windows'))
    .option('-n, --limit <count>', 'how many', '20')
    .option('-f, --files', 'the account of each file')
    .action(act(async (name, options) => (await import('./commands/windows.js')).windows(name, options)));
  keyed(listed(root.command('resume <source>').description('let a parked source go on with its window')))
    .option('-a, --accept', 'take its columns as the window found them')
    .option('-w, --wait', 'follow the run; the exit code is 1 when it fails')
    .requiredOption('-r, --reason <text>', 'why, for the audit')
    .action(act(async (source, options) => (await import('./commands/run.js')).resume(source, options)));
  quarantineCommands(root, act);
  listed(root.command('files').description('look at the files of a source').command('ls <source>'))
    .description('list the last 1000 files that were seen, with their content hashes and what became of them')
    .option('--outcome <outcome>', 'waiting, admitted, duplicate or refused')
    .action(act(async (source, options) => (await import('./commands/files.js')).files(source, options)));
  const watermark = root.command('watermark').description('look at watermarks, and send a source back');
  listed(watermark.command('get <source>').description('show the watermark of a source')).action(
    act(async (source, options) => (await import('./commands/watermark.js')).get(source, options)),
  );
  keyed(
    listed(
      watermark
        .command('reset <source>')
        .description('go on from an earlier cursor; what is read again is merged once'),
    ),
  )
    .option('--to <cursor>', 'the cursor to go on from, as the source prints it')
    .option('--full-load', 'read everything again')
    .requiredOption('-r, --reason <text>', 'why, for the audit')
    .option('-y, --yes', 'do not ask')
    .action(act(async (source, options) => (await import('./commands/watermark.js')).reset(source, options)));
  listed(
    watermark.command('history <source>').description('show who moved it, when and why: the last 50 entries'),
  ).action(act(async (source, options) => (await import('./commands/sources.js')).history(source, options)));

  root
    .command('validate [file]')
    .description('have the API check a catalog file; faults are shown with line, column and cure')
    .action(act(async (file) => (await import('./commands/catalog.js')).validate(file)));
  root
    .command('catalog')
    .description('publish the catalog')
    .command('publish [file]')
    .description('publish a catalog file as the next version (catalog/shop.yaml when none is named)')
    .option('-r, --reason <text>', 'why, for the audit')
    .action(act(async (file, options) => (await import('./commands/catalog.js')).publish(file, options)));

  listed(root.command('datasets').description('list the gold datasets')).action(
    act(async (options) => (await import('./commands/datasets.js')).datasets(options)),
  );
  listed(root.command('rows <dataset>').description('show published rows of a dataset'))
    .option('-n, --limit <count>', 'how many', '20')
    .action(act(async (name, options) => (await import('./commands/datasets.js')).rows(name, options)));
  root
    .command('export')
    .description('write published datasets into a folder')
    .requiredOption('--out <dir>', 'folder to write to')
    .option('-d, --dataset <name>', 'only this dataset (may be repeated)', several, [])
    .option('-f, --format <format>', 'csv or parquet', 'csv')
    .addHelpText('after', '\nExample: tidemark export --out published')
    .action(act(async (options) => (await import('./commands/datasets.js')).exportDatasets(options)));

  listed(root.command('schedules').description('list schedules and their next ticks')).action(
    act(async (options) => (await import('./commands/schedules.js')).schedules(options)),
  );
  listed(root.command('alerts').description('list the last 100 mails to people')).action(
    act(async (options) => (await import('./commands/alerts.js')).alerts(options)),
  );
  return root;
}

/** Rows that were put aside, and what a person decides about them. */
function quarantineCommands(root: Command, act: <A extends unknown[]>(run: Act<A>) => (...args: A) => Promise<void>) {
  const quarantine = root.command('quarantine').description('rows that broke a rule, and lines that are no rows');
  listed(quarantine.command('ls').description('list the rows that wait for a decision'))
    .option('-s, --source <name>', 'only of this source')
    .option('--window <number>', 'only of this window')
    .option('--state <state>', 'open, again, replayed or discarded')
    .option('-n, --limit <count>', 'how many', '50')
    .option('--after <id>', 'go on behind this row')
    .action(act(async (options) => (await import('./commands/quarantine.js')).list(options)));
  listed(quarantine.command('show <id>').description('show one row')).action(
    act(async (id, options) => (await import('./commands/quarantine.js')).show(id, options)),
  );
  keyed(listed(quarantine.command('replay [ids...]').description('put rows through the rules of today once more')))
    .option(
      '-s, --source <name>',
      'rows of this source that wait, when no id is given: up to 5000, the longest untried first',
    )
    .option('--set <column=value>', 'correct a column of a single row (may be repeated; no = is NULL)', several, [])
    .option('-w, --wait', 'follow the run; the exit code is 1 when it fails')
    .requiredOption('-r, --reason <text>', 'why, for the audit')
    .action(act(async (ids, options) => (await import('./commands/quarantine.js')).replay(ids, options)));
  keyed(listed(quarantine.command('discard <ids...>').description('decide that rows are not wanted')))
    .requiredOption('-r, --reason <text>', 'why, for the audit')
    .action(act(async (ids, options) => (await import('./commands/quarantine.js')).discard(ids, options)));
}
