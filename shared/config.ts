import { z } from 'zod';

const Connections = z.record(
  z.string(),
  z.strictObject({
    host: z.string().min(1),
    port: z.number().int(),
    username: z.string().min(1),
    hostKeyFingerprint: z.string().optional(),
  }),
);

const json = (text: string, ctx: z.core.$RefinementCtx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    ctx.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
};

/** Every setting that the app reads. Local and cloud differ by these values alone. */
export const Settings = z.object({
  /** `managed-identity` (with AZURE_CLIENT_ID for a user-assigned one) or `service-principal`. */
  CREDENTIAL: z.enum(['managed-identity', 'service-principal']).default('managed-identity'),
  AZURE_CLIENT_ID: z.string().optional(),
  AZURE_TENANT_ID: z.string().optional(),
  AZURE_CLIENT_SECRET: z.string().optional(),
  /** Token authority where it is not the public cloud's. */
  AZURE_AUTHORITY_HOST: z.url().optional(),
  FACTORY_ENDPOINT: z.url().default('https://management.azure.com'),
  /** Resource id: /subscriptions/…/resourceGroups/…/providers/Microsoft.DataFactory/factories/… */
  FACTORY_ID: z.string().startsWith('/subscriptions/'),
  /** DFS endpoint of the lake account. */
  LAKE_URL: z.url(),
  /** How Spark addresses a container: a URI with {container}. */
  LAKE_URI: z.string().includes('{container}'),
  /** Table endpoint of the metadata account. */
  TABLES_URL: z.url(),
  VAULT_URL: z.url(),
  /** `off` only where the vault's host is not under its challenge's domain. */
  VAULT_CHALLENGE_VERIFICATION: z.enum(['on', 'off']).default('on'),
  MAIL_ENDPOINT: z.url(),
  MAIL_SENDER: z.email(),
  DATABRICKS_URL: z.url(),
  DATABRICKS_CLUSTER_ID: z.string(),
  /** Workspace folder of the deployed notebooks. */
  DATABRICKS_NOTEBOOKS: z.string(),
  /** `identity`, or `token`: an access token from Key Vault. */
  DATABRICKS_AUTH: z.enum(['identity', 'token']).default('identity'),
  DATABRICKS_TOKEN_SECRET: z.string().default('databricks-token'),
  /** JSON: connection name to host, port, user and host key. */
  CONNECTIONS: z.string().transform(json).pipe(Connections),
  /** Issuer and audience of the tokens that callers bring. */
  ENTRA_ISSUER: z.url().optional(),
  ENTRA_AUDIENCE: z.string().optional(),
  /** A shared key for callers, for development alone; unset in the cloud. */
  API_KEY: z.string().min(24).optional(),
  /** First and longest pause between two looks at an outside run, in seconds. */
  POLL_FIRST_SECONDS: z.coerce.number().min(0.05).default(5),
  POLL_LONGEST_SECONDS: z.coerce.number().min(0.05).default(60),
  /** Where people open the dashboard, for links in mails. */
  PUBLIC_URL: z.url(),
});

export type Settings = z.infer<typeof Settings>;

/**
 * Reads the settings once.
 * @throws Error that names every setting which is missing or malformed
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  // A setting that is there but empty is one that nobody has filled in.
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Settings.safeParse(filled);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(
    `Settings are incomplete. Set them in the function app (local.settings.sample.json lists all):\n${faults.join('\n')}`,
  );
}
