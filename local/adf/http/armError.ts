/** An error body of Azure Resource Manager. */
export const armError = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response => Response.json({ error: { code, message, target: null, details: [] } }, { status, headers });
