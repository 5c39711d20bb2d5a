import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { refuseFiles } from '../../../activities/files/refuseFiles';
import { planWindow } from '../../../activities/source/planWindow';
import type { Surroundings } from '../../../activities/surroundings';
import { problem } from '../../../shared/problem';
import { surroundings } from '../../support/activities';
import { landingScene } from '../../support/landing';
import { aWindow } from '../../support/windows';

const FR = 'code,name\nfr,France\n';
const SE = 'code,name\nse,Suède\n';

describe('a file that somebody still writes', () => {
  test('is left alone until it stayed the same over two looks', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', 'code,na');
    expect(await scene.look()).toMatchObject({
      ready: [],
      restSeconds: 10,
      problems: [{ code: 'SOURCE_FILE_UNSTABLE' }],
    });
    scene.pass(9);
    expect((await scene.look()).ready).toEqual([]);
    await scene.put('a.csv', FR);
    scene.pass(2);
    expect((await scene.look()).ready, 'it moved, so its rest begins anew').toEqual([]);
    scene.pass(10);
    expect((await scene.look()).ready.map(({ name }) => name)).toEqual(['a.csv']);
  });

  test('waits for its marker, and an old marker says nothing of a file that came later', async () => {
    const scene = await landingScene({ complete: { by: 'marker', name: '{name}.done' } });
    await scene.put('a.csv', FR);
    expect(await scene.look()).toMatchObject({ ready: [], restSeconds: 0 });
    await scene.put('a.csv.done', '');
    expect((await scene.look()).ready.map(({ name }) => name)).toEqual(['a.csv']);
    scene.pass(60);
    await scene.put('a.csv', `${FR}se,Su`);
    expect((await scene.look()).ready).toEqual([]);
  });

  test('waits for one marker of the whole folder where that is the rule', async () => {
    const scene = await landingScene({ complete: { by: 'marker', name: '_SUCCESS' } });
    await scene.put('a.csv', FR);
    expect((await scene.look()).ready).toEqual([]);
    await scene.put('_SUCCESS', '');
    expect((await scene.look()).ready).toHaveLength(1);
  });

  test('waits until it is what its checksum promises', async () => {
    const scene = await landingScene({ complete: { by: 'checksum', name: '{name}.sha256' }, pattern: '*' });
    const promise = createHash('sha256').update(FR).digest('hex');
    await scene.put('a.csv', FR.slice(0, -3));
    await scene.put('a.csv.sha256', `${promise.toUpperCase()} *a.csv\n`);
    expect((await scene.read()).names).toEqual([]);
    expect(await scene.record()).toContainEqual(['a.csv', 'waiting', 'it is not yet what a.csv.sha256 promises']);
    await scene.put('a.csv', FR);
    expect((await scene.read()).names).toEqual(['a.csv']);
  });
});

describe('content', () => {
  test('that was read under another name is a no-op with a record', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', FR);
    await scene.commit('1', (await scene.read()).files);
    await scene.put('b.csv', FR);
    expect((await scene.read()).names).toEqual([]);
    expect(await scene.record()).toEqual([
      ['a.csv', 'admitted', ''],
      ['b.csv', 'duplicate', 'the same bytes as a.csv'],
    ]);
  });

  test('that is twice in one look is read once', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', FR);
    await scene.put('b.csv', FR);
    expect((await scene.read()).names).toEqual(['a.csv']);
  });

  test('that was never read is read under the name that it has now, whoever had planned it', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', FR);
    const { files } = await scene.read();
    await scene.ports.ledger.plan(scene.lease, aWindow({ source: 'countries', mode: 'files', files }));
    await scene.ports.lake.remove('landing', 'countries/a.csv');
    await scene.put('b.csv', FR);
    const renamed = await scene.read();
    expect(renamed.names).toEqual(['b.csv']);
    const { gone: without } = await scene.look();
    const plan = { task: scene.task, lease: scene.lease, files: renamed.files, without };
    await planWindow.handler(scene.ports, surroundings)(plan);
    expect((await scene.ports.ledger.open('countries'))?.files).toEqual(renamed.files);
  });

  test('that repeats a file which was never read is judged again when that one is gone', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', FR);
    await scene.put('b.csv', FR);
    await scene.read();
    expect(await scene.record()).toContainEqual(['b.csv', 'duplicate', 'the same bytes as a.csv']);
    await scene.ports.lake.remove('landing', 'countries/a.csv');
    expect((await scene.read()).names).toEqual(['b.csv']);
  });

  test('that is new under an old name is a new version, and both stay on record and in the archive', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', FR);
    const [first] = (await scene.read()).files;
    await scene.commit('1', first ? [first] : []);
    await scene.put('a.csv', SE);
    const { names, files } = await scene.read();
    expect(names).toEqual(['a.csv']);
    await scene.ports.lake.put('landing', 'countries/a.csv', Buffer.from('gone'));
    const kept = await Promise.all([first, ...files].map((file) => scene.ports.lake.read('bronze', file?.path ?? '')));
    expect(kept.map((bytes) => Buffer.from(bytes ?? []).toString())).toEqual([FR, SE]);
    expect((await scene.record()).filter(([name, outcome]) => name === 'a.csv' && outcome === 'admitted')).toHaveLength(
      2,
    );
  });

  test('that is sent again is not read again, unless its sender goes back to it', async () => {
    const scene = await landingScene();
    const send = async (text: string) => {
      await scene.put('a.csv', text);
      return (await scene.read()).files;
    };
    await scene.commit('1', await send(FR));
    expect(await send(FR)).toEqual([]);
    await scene.commit('2', await send(SE));
    const back = await send(FR);
    expect(back.map(({ name }) => name)).toEqual(['a.csv']);
    await scene.commit('3', back);
    expect(await send(FR)).toEqual([]);
  });

  test('is offered again by the next run as long as no window that holds it was committed', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', FR);
    expect((await scene.read()).names).toEqual(['a.csv']);
    const again = await scene.read();
    expect(again.names).toEqual(['a.csv']);
    await scene.commit('1', again.files);
    expect((await scene.look()).ready).toEqual([]);
  });

  test('is judged again when a person runs the source', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', FR);
    await scene.commit('1', (await scene.read()).files);
    const looked = await scene.look(true);
    expect(looked.ready).toHaveLength(1);
    expect(await scene.admit(looked.ready)).toEqual({ files: [], problems: [] });
    expect(await scene.record()).toEqual([['a.csv', 'admitted', 'the same bytes came again']]);
  });
});

describe('the lease', () => {
  test('is kept alive by every look and every file, however long the others take', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', FR);
    await scene.put('b.csv', SE);
    const { leaseSeconds } = scene.catalog.limits;
    const other = '20260101T000000-0000beef';
    const slowly = async () => scene.pass(leaseSeconds - 1);
    const isHeld = async () => (await scene.ports.ledger.acquire('countries', other, 1)).kind === 'busy';
    await scene.ports.ledger.renew(scene.lease, leaseSeconds);
    await slowly();
    await scene.look();
    await slowly();
    expect(await isHeld()).toBe(true);
    const { ready } = await scene.look();
    const { keep } = scene.ports.lake;
    scene.ports.lake.keep = async (...wanted) => {
      await slowly();
      return keep(...wanted);
    };
    await scene.admit(ready);
    expect(await isHeld()).toBe(true);
  });
});

describe('a bad file', () => {
  test('is refused with its reason and kept, and the others go on', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', FR);
    await scene.put('bad.csv', Buffer.from('code,name\nfr,Fran\xe7ais\n', 'latin1'));
    await scene.put('c.csv', SE);
    const { names, problems } = await scene.read();
    expect(names).toEqual(['a.csv', 'c.csv']);
    expect(problems).toMatchObject([
      { code: 'SOURCE_FILE_REFUSED', why: expect.stringMatching(/^bad\.csv: line 2 holds bytes that are no UTF-8/) },
    ]);
    const refused = (await scene.ports.files.of('countries')).find(({ name }) => name === 'bad.csv');
    expect(await scene.ports.lake.read('bronze', refused?.kept ?? '')).not.toBeNull();
    expect(
      (await scene.look()).ready.map(({ name }) => name),
      'it is not tried again by itself',
    ).not.toContain('bad.csv');
  });

  test('that the factory could not read is refused on record', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', FR);
    const [file] = (await scene.read()).files;
    const why = problem('SOURCE_FILE_REFUSED', 'Data Factory', 'Copy file: it broke.', 'Ask.');
    const work = {
      task: scene.task,
      lease: scene.lease,
      window: aWindow({ source: 'countries', run: scene.task.run }),
    };
    const files = [{ sha256: file?.sha256 ?? '', problem: why }];
    const told = await refuseFiles.handler(scene.ports, {} as Surroundings)({ ...work, files });
    expect(told).toMatchObject({ problems: [{ why: 'a.csv: Copy file: it broke.' }] });
    expect(await scene.record()).toEqual([['a.csv', 'refused', 'Copy file: it broke']]);
    expect((await scene.read()).names).toEqual([]);
  });

  test('without a row is admitted and read by nobody', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', '');
    expect((await scene.read()).names).toEqual([]);
    expect(await scene.record()).toEqual([['a.csv', 'admitted', 'there is nothing in it']]);
    expect((await scene.look()).ready).toEqual([]);
  });

  test('that its sender takes away is let go by the open window', async () => {
    const scene = await landingScene();
    await scene.put('a.csv', FR);
    const { files } = await scene.read();
    await scene.ports.ledger.plan(
      scene.lease,
      aWindow({ source: 'countries', mode: 'files', run: scene.task.run, files }),
    );
    expect((await scene.look()).gone).toEqual([]);
    const empty = await landingScene();
    await empty.ports.ledger.plan(
      empty.lease,
      aWindow({ source: 'countries', mode: 'files', run: empty.task.run, files }),
    );
    expect((await empty.look()).gone).toEqual([files[0]?.sha256]);
  });
});
