import { describe } from 'vitest';
import { tableCatalogs } from '../../../../../shared/azure/tables/catalogs';
import { tableOutbox } from '../../../../../shared/azure/tables/outbox';
import { tablePublications } from '../../../../../shared/azure/tables/publications';
import { tableRuns } from '../../../../../shared/azure/tables/runs';
import { catalogsContract } from '../../../../contract/shared/azure/catalogs.contract';
import { outboxContract } from '../../../../contract/shared/azure/outbox.contract';
import { publicationsContract } from '../../../../contract/shared/azure/publications.contract';
import { runsContract } from '../../../../contract/shared/azure/runs.contract';
import { fakeCatalogs } from '../../../../fakes/catalogs';
import { fakeOutbox } from '../../../../fakes/outbox';
import { fakePublications } from '../../../../fakes/publications';
import { fakeRuns } from '../../../../fakes/runs';
import { fakeTable } from '../../../../fakes/table';

const now = () => new Date();

describe('fake runs', () => runsContract(async () => fakeRuns()));
describe('runs in a table in memory', () => runsContract(async () => tableRuns(fakeTable())));
describe('fake catalogs', () => catalogsContract(async () => fakeCatalogs()));
describe('catalogs in a table in memory', () => catalogsContract(async () => tableCatalogs(fakeTable(), now)));
describe('fake outbox', () => outboxContract(async (time) => fakeOutbox(time.now)));
describe('outbox in a table in memory', () => outboxContract(async (time) => tableOutbox(fakeTable(), time.now)));
describe('fake publications', () => publicationsContract(async () => fakePublications()));
describe('publications in a table in memory', () => publicationsContract(async () => tablePublications(fakeTable())));
