import { errorCode, errorStatus } from '../symptom';

const CODES = new Set(['PathNotFound', 'BlobNotFound', 'ResourceNotFound']);

/** Whether an error says that a path is not there; a missing container or account is another matter, and is told. */
export const isAbsent = (error: unknown): boolean => errorStatus(error) === 404 && CODES.has(errorCode(error));
