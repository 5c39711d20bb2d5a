/** Whether `read = landed + rejected`; if not, by how many rows it is off (as text, with its sign). */
export function balanceOf(account: { read: string; landed: string; rejected: string }): { off: string } | 'balanced' {
  const off = BigInt(account.read) - BigInt(account.landed) - BigInt(account.rejected);
  return off === 0n ? 'balanced' : { off: off > 0n ? `+${off}` : String(off) };
}
