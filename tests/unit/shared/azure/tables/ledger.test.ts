import { describe } from 'vitest';
import { tableLedger } from '../../../../../shared/azure/tables/ledger';
import { ledgerContract } from '../../../../contract/shared/azure/ledger.contract';
import { fakeLedger } from '../../../../fakes/ledger';
import { fakeTable } from '../../../../fakes/table';

describe('fake ledger', () => ledgerContract(({ now }) => fakeLedger(now)));
describe('ledger in a table in memory', () => ledgerContract(({ now }) => tableLedger(fakeTable(), now)));
