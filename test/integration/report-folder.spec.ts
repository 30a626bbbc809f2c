import { spawnSync } from 'node:child_process';
import {
  access,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderTarget } from '../../src/folder/folder-target';
import type { Parcel } from '../../src/reports/delivery/parcel';

/** A disk of 64 kB; a machine that lets nobody mount one does not test it. */
function mounted(root: string): boolean {
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', root]).status === 0;
  if (!made) console.warn('not tested, since no disk can be mounted here: a full one');
  return made;
}

describe('reports in a directory', () => {
  let root: string;
  let cut: AbortController;
  const parcel = (content = 'one', name = 'uptime-2026-10.html'): Parcel => ({
    ...{ id: 'a', month: '2026-10', subject: '', text: '', language: 'en' },
    files: [{ name, contentType: 'text/html', content }],
  });

  const bring = (target: FolderTarget, what: Parcel) => target.deliver(what, [], cut.signal);

  beforeEach(async () => {
    cut = new AbortController();
    root = await mkdtemp(join(tmpdir(), 'slowburn-folder-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('is a file in the folder of its month, replaced where it is brought again', async () => {
    const target = new FolderTarget('archive', root);
    await bring(target, parcel());
    await writeFile(join(root, '2026-10', '.uptime-2026-10.html.0011.part'), 'half');
    expect(await bring(target, parcel('two'))).toEqual([root]);
    expect(await readdir(join(root, '2026-10'))).toEqual(['uptime-2026-10.html']);
    expect(await readFile(join(root, '2026-10', 'uptime-2026-10.html'), 'utf8')).toBe('two');
  });

  it('writes no further file once it is cut', async () => {
    const target = new FolderTarget('archive', root);
    cut.abort();
    await expect(bring(target, parcel())).rejects.toThrow('aborted');
    expect(await readdir(join(root, '2026-10'))).toEqual([]);
  });

  it('makes no directory of its own, which might be a disk that is not there', async () => {
    const target = new FolderTarget('archive', join(root, 'mount'));
    await expect(bring(target, parcel())).rejects.toThrow(
      'the directory cannot be written: it does not exist (ENOENT)',
    );
    await mkdir(join(root, 'mount'));
    await bring(target, parcel());
    await access(join(root, 'mount', '2026-10', 'uptime-2026-10.html'));
  });

  it('follows no link out of it, and takes no name that leads there', async () => {
    await mkdir(join(root, 'in'));
    await symlink(tmpdir(), join(root, 'in', '2026-10'));
    const target = new FolderTarget('archive', join(root, 'in'));
    await expect(bring(target, parcel())).rejects.toThrow('a link that leads elsewhere');
    for (const name of ['../x', 'a/b', '.part', '']) {
      await rm(join(root, 'in', '2026-10'), { force: true, recursive: true });
      await expect(bring(target, parcel('x', name))).rejects.toThrow('is no file name');
    }
    await expect(bring(target, { ...parcel(), month: '..' })).rejects.toThrow('is no month');
  });

  it('says that the disk is full, leaves nothing half behind, and goes on when it is not', async () => {
    if (!mounted(root)) return;
    try {
      const target = new FolderTarget('archive', root);
      await expect(bring(target, parcel('x'.repeat(200_000)))).rejects.toThrow(
        'the directory cannot be written: the disk is full (ENOSPC)',
      );
      expect(await readdir(join(root, '2026-10'))).toEqual([]);
      await bring(target, parcel());
      expect(await readdir(join(root, '2026-10'))).toEqual(['uptime-2026-10.html']);
    } finally {
      spawnSync('umount', [root]);
    }
  });

  it('says that it cannot be written, and leaves nothing half behind', async () => {
    await writeFile(join(root, '2026-10'), 'a file in its place');
    const target = new FolderTarget('archive', root);
    await expect(bring(target, parcel())).rejects.toThrow(
      /^the directory cannot be written: it is no directory \(ENOTDIR\)|leads elsewhere$/,
    );
    await rm(join(root, '2026-10'));
    await chmod(root, 0o700);
    const taken = join(root, '2026-10', 'uptime-2026-10.html');
    await mkdir(taken, { recursive: true });
    await expect(bring(target, parcel())).rejects.toThrow('the directory cannot be written');
    expect(await readdir(join(root, '2026-10'))).toEqual(['uptime-2026-10.html']);
  });
});
