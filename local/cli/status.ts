import { join } from 'node:path';
import type { Layout } from '../supervisor/layout';
import { shopUrl, urlOf } from '../supervisor/stack';
import { exits, Fault } from './fault';
import { dashboardOf, findRunning, needRunning, type Running } from './running';

/** Shell lines that let other programs reach the stack. */
export function exportLines({ stack }: Running): string {
  const { layout } = stack;
  const values = {
    TIDEMARK_URL: urlOf(stack, 'host'),
    TIDEMARK_KEY: stack.secrets.apiKey,
    TIDEMARK_CA: layout.ca,
    TIDEMARK_MYSQL_URL: shopUrl(stack),
    TIDEMARK_SFTP_URL: `sftp://etl@127.0.0.1:${stack.ports.sftp}/`,
    TIDEMARK_SFTP_KEY: join(layout.state, 'sftp-keys/client'),
    TIDEMARK_SFTP_DIR: join(layout.state, 'sftp'),
    TIDEMARK_LAKE: layout.lake,
  };
  return Object.entries(values)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join('');
}

/** Prints how the stack is. The exit code is 0 when all is healthy, else 5. */
export async function status(layout: Layout, options: { env?: boolean; output: string }): Promise<number> {
  if (options.env) {
    process.stdout.write(exportLines(await needRunning(layout)));
    return exits.ok;
  }
  if (!['table', 'json', 'csv'].includes(options.output)) {
    throw new Fault(exits.usage, 'USAGE', `There is no output ${options.output}.`, 'Use --output table|json|csv.');
  }
  const running = await findRunning(layout);
  const services = running?.record.services ?? [];
  const phase = running?.record.phase ?? 'stopped';
  if (options.output === 'json') {
    const { control: _, ...shown } = running?.record ?? { phase, services, control: '' };
    process.stdout.write(`${JSON.stringify({ ...shown, state: layout.state }, null, 2)}\n`);
  } else {
    const cells = services.map((one) => [
      one.name,
      one.state,
      String(one.process?.pid ?? ''),
      String(one.restarts),
      one.url,
    ]);
    const lines = [['service', 'state', 'pid', 'restarts', 'url'], ...cells];
    const csv = options.output === 'csv';
    const widths = [12, 12, 8, 10, 0];
    const text = lines.map((line) =>
      csv
        ? line.join(',')
        : line
            .map((c, at) => c.padEnd(widths[at] ?? 0))
            .join('')
            .trimEnd(),
    );
    if (!csv)
      text.unshift(
        `Local stack in ${layout.state}: ${phase}${running?.record.doing ? `, ${running.record.doing}` : ''}`,
      );
    process.stdout.write(`${text.join('\n')}\n`);
    if (!csv && running !== undefined && phase === 'ready')
      process.stdout.write(`Dashboard: ${dashboardOf(running)}\n`);
  }
  return phase === 'ready' && services.every(({ state }) => state === 'healthy') ? exits.ok : exits.dependency;
}
