import { isFlag, type UserColumn, userColumns } from './user';

const types: Partial<Record<UserColumn, string>> = {
  identifierHash: 'BIGINT NOT NULL PRIMARY KEY',
  type: 'VARCHAR(20) NOT NULL',
  country: 'VARCHAR(80) NOT NULL',
  language: 'VARCHAR(10) NOT NULL',
  productsPassRate: 'DECIMAL(5,1) NOT NULL',
  gender: 'CHAR(1) NOT NULL',
  civilityTitle: 'VARCHAR(10) NOT NULL',
  seniorityAsMonths: 'DECIMAL(7,2) NOT NULL',
  seniorityAsYears: 'DECIMAL(5,2) NOT NULL',
  countryCode: 'CHAR(2) NOT NULL',
};

const typeOf = (column: UserColumn): string =>
  types[column] ?? (isFlag(column) ? 'TINYINT(1) NOT NULL' : 'INT NOT NULL');

/** The shop's table: the 24 columns of the file, when a row changed last, and when it was deleted, if it was. */
export const createUsers = `CREATE TABLE IF NOT EXISTS users (
${userColumns.map((column) => `  \`${column}\` ${typeOf(column)},`).join('\n')}
  \`updated_at\` DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  \`deleted_at\` DATETIME(6) NULL,
  KEY \`by_updated_at\` (\`updated_at\`)
) ENGINE=InnoDB`;

/** Loads a users file that the client streams; columns are matched by the names in its header. */
export function loadUsers(header: readonly string[]): string {
  const known = new Map<string, UserColumn>(userColumns.map((column) => [column, column]));
  const targets = header.map((name, at) => {
    const column = known.get(name);
    if (column === undefined) return `@unknown${at}`;
    return isFlag(column) ? `@${column}` : `\`${column}\``;
  });
  const missing = userColumns.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new Error(`The users file lacks the columns ${missing.join(', ')}.`);
  const flags = userColumns.filter(isFlag).map((column) => `\`${column}\` = (@${column} IN ('True', 'true', '1'))`);
  return `LOAD DATA LOCAL INFILE 'users.csv' INTO TABLE users CHARACTER SET utf8mb4
FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' LINES TERMINATED BY '\\n' IGNORE 1 LINES
(${targets.join(', ')}) SET ${flags.join(', ')}`;
}
