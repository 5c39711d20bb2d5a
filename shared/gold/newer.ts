/** Whether a form was published after another one of its dataset. */
export const isNewer = (serial: string, than: string): boolean => BigInt(serial) > BigInt(than);
