import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { afterEach, expect, test } from 'vitest';
import type { InventorySource, ReachView } from '../../server/protocol.ts';
import { Editor } from './editor.ts';

let editor: Editor;

afterEach(async () => {
  await editor.close();
});

async function reach(inventory: InventorySource): Promise<ReachView | null> {
  return await editor.request('backupPolicy/reach', { target: { organization: editor.uri('backup-organization.json'), key: 'Root' }, inventory }) as ReachView | null;
}

test('an inventory is a text, or a file in a folder of the workspace and no other', async () => {
  editor = await Editor.open('samples');
  expect(await reach({ text: 'arn:aws:ec2:eu-west-1:777788889999:volume/vol-1 backup-tier=silver' })).toMatchObject({ counts: { resources: 1, once: 1 } });
  const inside = await reach({ uri: editor.uri('inventory.csv') });
  expect(inside?.counts).toEqual({ resources: 14, unreached: 6, once: 5, several: 3 });
  expect(inside).not.toHaveProperty('refusal');

  const outside = `${editor.folder}-outside`;
  mkdirSync(outside);
  try {
    writeFileSync(path.join(outside, 'inventory.csv'), 'arn\narn:aws:s3:::secret\n');
    symlinkSync(path.join(outside, 'inventory.csv'), path.join(editor.folder, 'link.csv'));
    const away = path.basename(outside);
    for (const uri of [URI.file(path.join(outside, 'inventory.csv')).toString(), editor.uri('link.csv'), `${editor.uri('')}../${away}/inventory.csv`, `${editor.uri('')}%2e%2e/${away}/inventory.csv`, editor.uri('gone.csv'), 'https://example.com/inventory.csv', '']) {
      const refused = await reach({ uri });
      expect([uri, refused?.refusal, refused?.counts.resources]).toEqual([uri, expect.stringContaining('outside of the folders of the workspace'), 0]);
    }
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
});
