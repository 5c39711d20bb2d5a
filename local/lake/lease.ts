import { randomUUID } from 'node:crypto';
import type { Lease, Node } from './node';
import { Refusal } from './refusal';

/** A lease lasts 15 to 60 seconds or, as -1, for ever. https://learn.microsoft.com/rest/api/storageservices/lease-blob */
const SHORTEST_S = 15;
const LONGEST_S = 60;

export const leaseState = (
  lease: Lease | undefined,
  now = Date.now(),
): 'available' | 'leased' | 'expired' | 'broken' => {
  if (!lease) return 'available';
  if (lease.broken && (lease.until ?? 0) <= now) return 'broken';
  return lease.until !== undefined && lease.until <= now ? 'expired' : 'leased';
};

/** Refuses a write to a leased path without its lease id. */
export function checkLease(node: Node, given: string | null): void {
  const leased = leaseState(node.meta.lease) === 'leased';
  if (leased && given === null) {
    throw new Refusal(
      412,
      'LeaseIdMissing',
      'There is currently a lease on the resource and no lease ID was specified in the request.',
    );
  }
  if (leased && given !== node.meta.lease?.id) {
    throw new Refusal(
      412,
      'LeaseIdMismatchWithBlobOperation',
      'The lease ID specified did not match the lease ID for the resource.',
    );
  }
  if (!leased && given !== null)
    throw new Refusal(412, 'LeaseLost', 'A lease ID was specified, but the lease for the resource has expired.');
}

/** The lease after an action, the status of the answer and its headers. */
export interface LeaseStep {
  readonly lease: Lease | undefined;
  readonly status: 200 | 201 | 202;
  readonly headers: Record<string, string>;
}

export function leaseStep(now: number, current: Lease | undefined, headers: Headers): LeaseStep {
  const action = headers.get('x-ms-lease-action');
  const proposed = headers.get('x-ms-proposed-lease-id') ?? randomUUID();
  const given = headers.get('x-ms-lease-id');
  const state = leaseState(current, now);
  if (action === 'acquire') {
    if (state === 'leased' && proposed !== current?.id) {
      throw new Refusal(409, 'LeaseAlreadyPresent', 'There is already a lease present.');
    }
    return held(201, begun(now, proposed, Number(headers.get('x-ms-lease-duration'))));
  }
  if (!current)
    throw new Refusal(409, 'LeaseNotPresentWithLeaseOperation', 'There is currently no lease on the resource.');
  if (action === 'break') return broken(now, current, Number(headers.get('x-ms-lease-break-period') ?? Number.NaN));
  if (given !== current.id) {
    throw new Refusal(
      409,
      'LeaseIdMismatchWithLeaseOperation',
      'The lease ID specified did not match the lease ID for the resource.',
    );
  }
  switch (action) {
    case 'renew':
      if (current.broken)
        throw new Refusal(409, 'LeaseIsBrokenAndCannotBeRenewed', 'The lease has been broken and cannot be renewed.');
      return held(200, begun(now, current.id, current.duration));
    case 'change':
      return held(200, { ...current, id: proposed });
    case 'release':
      return { lease: undefined, status: 200, headers: {} };
    default:
      throw new Refusal(400, 'InvalidHeaderValue', `x-ms-lease-action ${action} is not known`);
  }
}

const held = (status: 200 | 201, lease: Lease): LeaseStep => ({
  lease,
  status,
  headers: { 'x-ms-lease-id': lease.id },
});

function begun(now: number, id: string, duration: number): Lease {
  if (duration === -1) return { id, duration };
  if (!(duration >= SHORTEST_S && duration <= LONGEST_S)) {
    throw new Refusal(400, 'InvalidHeaderValue', `x-ms-lease-duration must be -1 or ${SHORTEST_S} to ${LONGEST_S}`);
  }
  return { id, duration, until: now + duration * 1000 };
}

function broken(now: number, current: Lease, period: number): LeaseStep {
  const left = current.until === undefined ? 0 : Math.max(0, Math.ceil((current.until - now) / 1000));
  const seconds = Number.isNaN(period) ? left : Math.min(period, current.until === undefined ? period : left);
  const lease = { ...current, broken: true, until: now + seconds * 1000 };
  return { lease, status: 202, headers: { 'x-ms-lease-time': String(seconds) } };
}
