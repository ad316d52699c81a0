import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { answerEarly, type RequestId } from '../server/earlyAnswer.ts';
import { initializeResult } from '../server/initializeResult.ts';

interface Visit {
  readonly answered: RequestId | undefined;
  readonly written: string;
  /** What the server reads afterwards. */
  readonly left: string;
}

/** What becomes of an input that comes in these pieces. */
async function visit(pieces: readonly (string | Buffer)[]): Promise<Visit> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const answer = answerEarly(input, output, () => undefined);
  for (const piece of pieces) {
    input.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const answered = await answer;
  let left = '';
  input.on('data', (chunk: Buffer) => (left += chunk.toString('latin1')));
  input.end();
  await new Promise((resolve) => input.once('end', resolve));
  const written: unknown = output.read();
  return { answered, written: written instanceof Buffer ? written.toString() : '', left: Buffer.from(left, 'latin1').toString() };
}

const framed = (message: unknown, header = 'Content-Length'): string => {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  return `${header}: ${String(Buffer.byteLength(text))}\r\n\r\n${text}`;
};

const request = { jsonrpc: '2.0', id: 7, method: 'initialize', params: { processId: null, rootUri: 'file:///größe', capabilities: {} } };
const answerTo = (id: RequestId): string => framed({ jsonrpc: '2.0', id, result: initializeResult });

describe('an answer before the server is loaded', () => {
  test.each([
    ['in one piece', [framed(request)]],
    ['with what follows', [`${framed(request)}${framed({ jsonrpc: '2.0', method: 'initialized', params: {} })}`]],
    ['cut in its headers', [framed(request).slice(0, 9), framed(request).slice(9)]],
    ['cut within a letter of several bytes', [Buffer.from(framed(request)).subarray(0, -23), Buffer.from(framed(request)).subarray(-23)]],
    ['byte by byte', [...Buffer.from(framed(request))].map((byte) => Buffer.from([byte]))],
    ['with other headers', [`Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n${framed(request, 'content-length')}`]],
  ])('goes to initialize %s, which stays to be read', async (_how, pieces) => {
    const { answered, written, left } = await visit(pieces);
    expect(answered).toBe(7);
    expect(written).toBe(answerTo(7));
    expect(left).toBe(Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString());
  });

  test('takes the id as it is', async () => {
    expect(await visit([framed({ ...request, id: 'é' })])).toMatchObject({ answered: 'é', written: answerTo('é') });
  });

  test.each([
    ['another request', framed({ ...request, method: 'shutdown' })],
    ['a notification', framed({ ...request, id: undefined })],
    ['an editor that does not say what it can do', framed({ ...request, params: {} })],
    ['no parameters', framed({ ...request, params: null })],
    ['no JSON', framed('{ "id": 7, ')],
    ['JSON that is no message', framed('null')],
    ['headers without a length', 'Content-Type: a\r\n\r\n{}'],
    ['a length that no message has', 'Content-Length: 99999999999\r\n\r\n{}'],
  ])('is left to the server for %s', async (_what, text) => {
    expect(await visit([text])).toEqual({ answered: undefined, written: '', left: text });
  });

  test('is not waited for when the input ends', async () => {
    const input = new PassThrough();
    const ended = new Promise<void>((resolve) => void answerEarly(input, new PassThrough(), resolve));
    input.end('Content-Le');
    await ended;
  });
});
