import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lake as localLake } from '../../../../local/lake/lake';
import { dataLake } from '../../../../shared/azure/lake/lake';
import { loadSdk } from '../../../../shared/azure/lake/sdk';
import { ProblemError, TransientError } from '../../../../shared/errors';
import { fakeLake } from '../../../fakes/lake';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState, planFaults } from '../../../support/local';
import { lakeContract, type WritableLake } from './lake.contract';

let state: LocalState;
let known: Credentials;
let url: string;
let lake: WritableLake;

beforeAll(async () => {
  state = await localState();
  known = await credentials(state.directory);
  url = await state.start((baseUrl) =>
    localLake({ state: state.directory, baseUrl, keys: known.keys, environment: {} }),
  );
  const { DataLakeServiceClient } = await loadSdk();
  const service = new DataLakeServiceClient(`${url}/tidemarklake`, known.of('sender'));
  for (const name of ['landing', 'bronze']) await service.getFileSystemClient(name).create();
  const put: WritableLake['put'] = async (container, path, body) => {
    await service.getFileSystemClient(container).getFileClient(path).upload(Buffer.from(body));
  };
  lake = { ...dataLake(`${url}/tidemarklake`, known.of('app')), put };
});
afterAll(() => state.dispose());

describe('fake lake', () => lakeContract(async () => fakeLake()));
describe('the lake over DFS', () => lakeContract(async () => lake));

describe('when the lake fails', () => {
  const body = Buffer.alloc(100_000, 'x');
  beforeEach(() => planFaults(url, []));

  test('a rename whose answer is lost has put the file', async () => {
    await planFaults(url, [{ match: 'PUT /bronze/lost/m.json', kind: 'drop-after' }]);
    expect(await lake.putOnce('bronze', 'lost/m.json', body)).toBe('exists');
    expect(await lake.read('bronze', 'lost/m.json')).toHaveLength(100_000);
  });

  test('what a host was cut off from putting lies where its source is told', async () => {
    const kept = (sha256: string) => `_raw/countries/${sha256}/a.csv`;
    await lake.put('landing', 'a.csv', body);
    const away = { kind: 'status', status: 400, times: 1 } as const;
    await planFaults(url, [
      { match: 'PUT /bronze/_manifests/countries/1.json', ...away },
      { match: 'PUT /bronze/_raw/', ...away },
    ]);
    await expect(lake.putOnce('bronze', '_manifests/countries/1.json', body)).rejects.toThrow();
    await expect(lake.keep({ container: 'landing', path: 'a.csv' }, 'bronze', kept, '')).rejects.toThrow();
    const left = (await lake.list('bronze', '_tmp')).map(({ path }) => path.split('/').slice(0, 3).join('/'));
    expect(left.sort()).toEqual(['_tmp/_manifests/countries', '_tmp/_raw/countries']);
  });

  test('a move whose answer is lost has moved the file, and its mark says whose it is', async () => {
    await lake.put('landing', 'lost/from', body);
    await planFaults(url, [{ match: 'PUT /landing/lost/to', kind: 'drop-after' }]);
    expect(await lake.move('landing', 'lost/from', 'lost/to', '7', null)).toBe(false);
    expect([await lake.marked('landing', 'lost/from'), await lake.marked('landing', 'lost/to')]).toEqual([
      null,
      { etag: expect.any(String), mark: '7' },
    ]);
  });

  test('a container that is not there is no empty one', async () => {
    await expect(lake.list('nowhere', 'a')).rejects.toBeInstanceOf(ProblemError);
    await expect(lake.read('nowhere', 'a')).rejects.toBeInstanceOf(ProblemError);
    await expect(lake.marked('nowhere', 'a')).rejects.toBeInstanceOf(Error);
    await expect(lake.move('nowhere', 'a', 'b', '1', null)).rejects.toBeInstanceOf(ProblemError);
  });
});

describe('a download that is cut', () => {
  const body = Buffer.from(Array.from({ length: 50_000 }, (_, at) => at % 251));

  /** A blob endpoint that cuts each answer after some bytes, `cuts` times, and then serves `etags` in turn. */
  async function cutting(cuts: number, after: number, etags: string[]) {
    const asked: string[] = [];
    let answers = 0;
    const { url: base } = await state.serve((request) => {
      const range = /bytes=(\d+)-(\d*)/.exec(request.headers.get('x-ms-range') ?? request.headers.get('range') ?? '');
      const from = Number(range?.[1] ?? 0);
      const etag = etags[Math.min(answers, etags.length - 1)] ?? '';
      const wanted = request.headers.get('if-match');
      asked.push(`${from} ${wanted ?? '-'}`);
      if (wanted !== null && wanted !== etag) {
        return new Response(null, { status: 412, headers: { 'x-ms-error-code': 'ConditionNotMet' } });
      }
      const rest = body.subarray(from);
      const cut = answers++ < cuts;
      const stream = new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(cut ? rest.subarray(0, after) : rest);
          await new Promise((resolve) => setTimeout(resolve, 50));
          if (cut) controller.error(new Error('cut'));
          else controller.close();
        },
      });
      const headers = {
        etag,
        'content-length': String(rest.length),
        'last-modified': 'Sun, 22 Nov 2026 18:15:00 GMT',
        'content-range': `bytes ${from}-${body.length - 1}/${body.length}`,
      };
      return new Response(stream, { status: range ? 206 : 200, headers });
    });
    return { asked, lake: dataLake(`${base}/tidemarklake`, known.of('app')) };
  }

  test('goes on where it stood, in the same version', async () => {
    const { asked, lake: cut } = await cutting(2, 10_000, ['"v1"']);
    expect(Buffer.compare(Buffer.from((await cut.read('bronze', 'a')) ?? []), body)).toBe(0);
    expect(asked).toEqual(['0 -', '10000 "v1"', '20000 "v1"']);
  });

  test('is not patched together from two versions', async () => {
    const { lake: cut } = await cutting(1, 10_000, ['"v1"', '"v2"']);
    const failure = await cut.read('bronze', 'a').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TransientError);
    expect(failure).toMatchObject({ problem: { code: 'SOURCE_FILE_UNSTABLE' } });
  });

  test('is given up when it no longer moves', async () => {
    const { asked, lake: cut } = await cutting(99, 0, ['"v1"']);
    await expect(cut.read('bronze', 'a')).rejects.toBeInstanceOf(TransientError);
    expect(asked).toHaveLength(6);
  });
});
