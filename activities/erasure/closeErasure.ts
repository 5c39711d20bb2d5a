import { closeErasure as contract } from '../../shared/contracts/erasure';
import { erasureOf } from '../../shared/erasure/run';
import { implement } from '../implement';
import { closeUpkeep } from '../maintenance/closeUpkeep';

/** The erasure ends in the record, place by place. One that was cancelled has not erased, and says so. */
export const closeErasure = implement(
  contract,
  (ports, { publicUrl }) =>
    ({ request, parts }) =>
      closeUpkeep(ports, publicUrl, erasureOf(request), parts),
);
