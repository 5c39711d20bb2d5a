import type { Surroundings } from './surroundings';

/** Parameters by which a pipeline says that its work is done, to the instance that waits for it. */
export const callBack = ({ publicUrl, audience }: Surroundings, instance: string): Record<string, string> =>
  audience ? { callBackUrl: `${publicUrl}/api/v1/ended`, callBackAudience: audience, instance } : {};
