/** Secrets of Key Vault, cached for a while in the process. */
export interface Vault {
  /** @throws ProblemError VAULT_UNREACHABLE (transient) or VAULT_ACCESS */
  secret(name: string): Promise<string>;
}
