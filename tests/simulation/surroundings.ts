import type { Surroundings } from '../../activities/surroundings';

/** The deployment that the model stands for. */
export const surroundings: Surroundings = {
  lakeUrl: 'https://lake.example',
  lakeUri: 'abfss://{container}@lake.example/',
  vaultUrl: 'https://vault.example',
  connection: () => ({ host: 'db.example', port: 3306, username: 'reader' }),
  pace: { first: 10, longest: 60 },
  publicUrl: 'https://tidemark.example',
  audience: 'api://tidemark',
};
