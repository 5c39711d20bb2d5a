import { ActivityError } from '../engine/failure';
import type { WorkOf } from './works';

/** Ends with the message and code that the pipeline's author gave. */
export const fail: WorkOf<'Fail'> = async ({ message, errorCode }) => {
  throw new ActivityError(errorCode, message);
};
