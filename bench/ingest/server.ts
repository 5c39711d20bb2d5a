import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Service } from '../../local/supervisor/service';
import type { Stack } from '../../local/supervisor/stack';

/**
 * The database of the benchmark: the local Azure's own, with room for the whole table in memory, so that the disk is not
 * what is measured, with the right to write files for `INTO OUTFILE`, and without TLS, which not all of the peers speak.
 */
export function roomy(service: Service, stack: Stack): Service {
  if (service.name !== 'mysql') return service;
  return {
    ...service,
    command: async () => {
      const command = await service.command();
      await appendFile(join(stack.layout.state, 'mysql/accounts.sql'), "GRANT FILE ON *.* TO 'shop'@'%';\n");
      return { ...command, args: [...command.args, '--innodb-buffer-pool-size=3G', '--skip-ssl'] };
    },
  };
}
