import { sendLetters as contract } from '../../shared/contracts/steps/letters';
import { implement } from '../implement';
import { post } from './post';

/** The run's own letters go out at its end; what the mail service does not take then goes with a heartbeat. */
export const sendLetters = implement(contract, (ports) => async () => post(ports));
