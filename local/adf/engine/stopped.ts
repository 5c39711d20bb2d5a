/** The abort reason of a factory that is put down: nothing is recorded, the next start finds and ends what was running. */
export const STOPPED = new Error('the factory stops');
