import { expect, test } from 'vitest';
import { plainMessage } from '../../client/plainMessage.ts';

/** What VS Code makes a link of in a notification. */
const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/i;

test.each(['Pushed [Nightly](command:workbench.action.quit).', '[a](https://example.com) and [b](COMMAND:x)'])('a name makes no link of a notification: %s', (text) => {
  expect(text).toMatch(link);
  expect(plainMessage(text)).not.toMatch(link);
});

test('a name without brackets stays as it is', () => {
  expect(plainMessage('Pushed Nightly (p-1) [EU].')).toBe('Pushed Nightly (p-1) [EU].');
});
