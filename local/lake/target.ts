import { Refusal } from './refusal';

/** A container, and in it a path without leading or trailing slash; both empty for the account, path empty for the container. */
export interface Target {
  readonly container: string;
  readonly path: string;
}

/** https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
const CONTAINER = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_PATH = 1024;
const MAX_SEGMENT_BYTES = 255;

const bad = (why: string) =>
  new Refusal(400, 'InvalidUri', `The requested URI does not represent any resource: ${why}.`);

/**
 * Finds container and path in the raw (undecoded, unnormalised) target of a request or a rename source.
 * The account segment may be there or not, since the SDK's `move` drops it from the destination.
 * @throws Refusal 400 for anything that is not a plain path below its container
 */
export function parseTarget(raw: string, account: string): Target {
  const [encoded = ''] = raw.split(/[?#]/);
  const segments = encoded
    .split('/')
    .filter((segment) => segment !== '')
    .flatMap(decodeSegment);
  if (segments[0] === account) segments.shift();
  const [container = '', ...rest] = segments;
  if (container && !CONTAINER.test(container)) throw bad(`${JSON.stringify(container)} is not a container name`);
  const path = rest.join('/');
  if (path.length > MAX_PATH) throw bad(`the path is longer than ${MAX_PATH} characters`);
  return { container, path };
}

function decodeSegment(encoded: string): string[] {
  let segment: string;
  try {
    segment = decodeURIComponent(encoded);
  } catch {
    throw bad('a percent sign is not followed by UTF-8 in hexadecimal');
  }
  // An encoded slash is a separator for the service too, so it must not smuggle in what is checked below.
  const parts = segment.split('/').filter((part) => part !== '');
  parts.forEach(checkSegment);
  return parts;
}

function checkSegment(segment: string): void {
  if (segment === '.' || segment === '..') throw bad('dot segments are refused');
  if (segment.includes('\0') || segment.includes('\\')) throw bad('NUL and backslash are refused');
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) throw bad(`a segment is longer than ${MAX_SEGMENT_BYTES} bytes`);
}

/** Joins segments that a query parameter carries in decoded form (`directory=` of a list), under the same rules. */
export function parseDirectory(decoded: string): string {
  const parts = decoded.split('/').filter((part) => part !== '');
  parts.forEach(checkSegment);
  return parts.join('/');
}
