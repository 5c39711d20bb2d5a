import type { Settings } from '../config';
import type { Ports } from '../ports/ports';
import { credential } from './credential';
import { DATABRICKS_SCOPE, databricks } from './databricks';
import { dataFactory } from './factory';
import { dataLake } from './lake/lake';
import { communicationMail } from './mail';
import { azureTable } from './tables/client';
import { tablePorts } from './tables/ports';
import { keyVault } from './vault';

/** All ports over Azure. Building them makes no call and loads no SDK: each does so at its first use. */
export function connect(settings: Settings, now: () => Date = () => new Date()): Ports {
  const identity = credential(settings);
  const vault = keyVault({
    url: settings.VAULT_URL,
    credential: identity,
    verifyChallenge: settings.VAULT_CHALLENGE_VERIFICATION === 'on',
    now,
  });

  const databricksToken = async (again: boolean): Promise<string> => {
    if (settings.DATABRICKS_AUTH === 'identity') {
      const granted = await identity.getToken(DATABRICKS_SCOPE);
      if (granted) return granted.token;
      throw new Error('The identity was given no token for Databricks.');
    }
    if (again) vault.forget(settings.DATABRICKS_TOKEN_SECRET);
    return vault.secret(settings.DATABRICKS_TOKEN_SECRET);
  };

  // Looks of one round come together; a list is old before the next round.
  const freshMs = (settings.POLL_FIRST_SECONDS * 1000) / 2;

  return {
    ...tablePorts((name) => azureTable(settings.TABLES_URL, name, identity), now),
    factory: dataFactory({
      endpoint: settings.FACTORY_ENDPOINT,
      id: settings.FACTORY_ID,
      credential: identity,
      now,
      freshMs,
    }),
    lake: dataLake(settings.LAKE_URL, identity),
    mail: communicationMail(settings.MAIL_ENDPOINT, settings.MAIL_SENDER, identity),
    notebooks: databricks({
      url: settings.DATABRICKS_URL,
      cluster: settings.DATABRICKS_CLUSTER_ID,
      folder: settings.DATABRICKS_NOTEBOOKS,
      token: databricksToken,
      now,
      freshMs,
    }),
    vault,
    now,
  };
}
