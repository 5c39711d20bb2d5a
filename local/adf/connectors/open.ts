import { type CsvFormat, Dataset, type FileDataset } from '../definition/dataset';
import type { DatasetReference, LinkedServiceReference } from '../definition/dynamic';
import { type Connection, LinkedService, type Secret } from '../definition/linkedService';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';
import { bind } from '../engine/parameters';
import { resolve } from '../engine/resolve';
import { pipelineScope } from '../engine/scope';
import type { Scope } from '../expression/evaluate';
import { toJs, type ValueObject } from '../expression/value';
import type { FileStore } from './files';
import type { Lake } from './lake';
import { type MySql, mysqlOf } from './mysql';
import { sftpStore } from './sftp';

/** A data set with every expression evaluated, and the connection behind it. */
export interface Opened {
  readonly dataset: Dataset;
  readonly linked: LinkedService;
  readonly connectionName: string;
}

/** Evaluates a data set and its linked service for one use, each with its own parameters in sight. */
export function open(attempt: Attempt, reference: DatasetReference): Opened {
  const scope = pipelineScope(attempt.context, attempt.frame);
  const raw = stored(attempt, 'datasets', reference.referenceName);
  const own = bound(raw, reference.parameters, scope, `the data set '${reference.referenceName}'`);
  const inner: Scope = { dataset: () => own };
  // The reference to the linked service is evaluated in the data set's scope too, as far as its parameters go.
  const dataset = Dataset.run.parse(toJs(resolve(raw, inner)));
  const { linkedServiceName } = raw as { linkedServiceName: LinkedServiceReference };
  return { dataset, linked: link(attempt, linkedServiceName, inner), connectionName: linkedServiceName.referenceName };
}

/** Evaluates a linked service whose reference stands in the given scope. */
export function link(attempt: Attempt, reference: LinkedServiceReference, scope: Scope): LinkedService {
  const raw = stored(attempt, 'linkedservices', reference.referenceName);
  const own = bound(raw, reference.parameters, scope, `the linked service '${reference.referenceName}'`);
  return LinkedService.run.parse(toJs(resolve(raw, { linkedService: () => own, linkedservice: () => own })));
}

function stored({ context }: Attempt, kind: 'datasets' | 'linkedservices', name: string): object {
  const found = context.services.definitions.get(kind, name);
  if (!found) throw new ActivityError('BadRequest', `The reference '${name}' does not exist in ${kind}.`);
  return found.properties as object;
}

function bound(raw: object, given: unknown, scope: Scope, owner: string): ValueObject {
  const declared = (raw as { parameters?: Parameters<typeof bind>[0] }).parameters ?? {};
  const result = bind(declared, resolve(given ?? {}, scope) as ValueObject, owner);
  if (result.kind === 'refused') throw new ActivityError('BadRequest', result.reason);
  return result.values;
}

/** Reads a secret of a linked service from its vault. */
export async function secret(attempt: Attempt, wanted: Secret): Promise<string> {
  const vault = link(attempt, wanted.store, {});
  if (vault.type !== 'AzureKeyVault')
    throw new ActivityError('BadRequest', `'${wanted.store.referenceName}' is no key vault.`);
  return attempt.context.services.secret(vault.typeProperties, wanted.secretName, wanted.secretVersion);
}

/** Connects to MySQL; the caller closes. */
export async function openMySql(
  attempt: Attempt,
  { linked }: Opened,
): Promise<{ mysql: MySql; to: Connection<'MySql'>; password: string }> {
  if (linked.type !== 'MySql')
    throw new ActivityError('BadRequest', `A ${linked.type} linked service cannot run a query.`);
  const password = await secret(attempt, linked.typeProperties.password);
  return { mysql: await mysqlOf(linked.typeProperties, password, attempt.signal), to: linked.typeProperties, password };
}

/** A folder or file of a data set, and the store it is in. */
export interface Place {
  readonly dataset: FileDataset;
  readonly store: FileStore;
  readonly folder: string;
  readonly file: string;
  /** Set when the store is the lake. */
  readonly lake?: { account: Lake; container: string; url: string };
}

/** Opens the store of a file data set; the caller closes it. */
export async function openPlace(attempt: Attempt, { dataset, linked }: Opened): Promise<Place> {
  if (dataset.type === 'MySqlTable') throw new ActivityError('BadRequest', 'A MySQL table is not a file.');
  const { location } = dataset.typeProperties;
  const folder = (location.folderPath ?? '').replace(/(?<=.)\/+$/, '');
  const place = {
    dataset,
    folder: linked.type === 'AzureBlobFS' ? folder.replace(/^\/+/, '') : folder,
    file: location.fileName ?? '',
  };
  if (linked.type === 'AzureBlobFS' && location.type === 'AzureBlobFSLocation') {
    const { url } = linked.typeProperties;
    const account = attempt.context.services.lake(url);
    return {
      ...place,
      store: account.container(location.fileSystem),
      lake: { account, container: location.fileSystem, url },
    };
  }
  if (linked.type !== 'Sftp' || location.type !== 'SftpLocation')
    throw new ActivityError(
      'BadRequest',
      `A location of type ${location.type} does not fit a linked service of type ${linked.type}.`,
    );
  const { password, privateKeyContent, passPhrase } = linked.typeProperties;
  const read = async (wanted: Secret | undefined) => (wanted ? await secret(attempt, wanted) : undefined);
  const [word, key, phrase] = [await read(password), await read(privateKeyContent), await read(passPhrase)];
  const secrets = {
    ...(word === undefined ? {} : { password: word }),
    ...(key === undefined ? {} : { privateKey: keyText(key) }),
    ...(phrase === undefined ? {} : { passphrase: phrase }),
  };
  return { ...place, store: await sftpStore(linked.typeProperties, secrets, attempt.signal) };
}

/** The service wants the whole file of the key as base64. https://learn.microsoft.com/azure/data-factory/connector-sftp */
function keyText(content: string): string {
  const key = Buffer.from(content, 'base64').toString('utf8');
  if (key.startsWith('-----BEGIN')) return key;
  throw new ActivityError(
    'SftpInvalidSftpCredential',
    'Invalid Sftp credential provided for SshPublicKey authentication type. ' +
      'The secret has to hold the whole file of the private key, encoded as base64.',
  );
}

export const pathOf = ({ folder }: Pick<Place, 'folder'>, file: string): string =>
  folder === '' || folder.endsWith('/') ? `${folder}${file}` : `${folder}/${file}`;
export type { CsvFormat };
