import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../host/browser.mjs';

const bundle = readFileSync('dist/server-web.js', 'utf8');
const policy = '{ "plans": { "daily": { "regions": { "@@asign": ["eu-west-1"] } } } }';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
});

afterAll(async () => {
  await browser.close();
});

/** Runs in the page: starts the worker, opens one document, and gives the first problems that the server publishes. */
const visit = `(async () => {
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  const send = (message) => worker.postMessage({ jsonrpc: '2.0', ...message });
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => {
      if (data.method === 'textDocument/publishDiagnostics' && data.params.diagnostics.length > 0) resolve(data.params);
      else if (data.id === 'hello' && data.method === undefined) {
        send({ method: 'initialized', params: {} });
        send({ method: 'textDocument/didOpen', params: { textDocument: { uri: 'memory:/a.backup-policy.json', languageId: 'aws-backup-policy', version: 1, text } } });
      } else if (data.id !== undefined && data.method !== undefined) send({ id: data.id, result: null });
    };
    send({ id: 'hello', method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  });
})()`;

test('the server works in a browser: it finds the misspelt operator of a document', async () => {
  await page.goto('about:blank');
  const published = await page.evaluate<{ readonly uri: string; readonly diagnostics: readonly { readonly message: string }[] }>(
    `(() => { const source = ${JSON.stringify(bundle)}; const text = ${JSON.stringify(policy)}; return ${visit}; })()`,
  );
  expect(published.uri).toBe('memory:/a.backup-policy.json');
  expect(published.diagnostics.map(({ message }) => message).join('\n')).toContain('@@asign');
});
