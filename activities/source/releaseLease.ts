import { releaseLease as contract } from '../../shared/contracts/steps';
import { implement } from '../implement';

export const releaseLease = implement(contract, ({ ledger }) => async (lease) => {
  await ledger.release(lease);
  return null;
});
