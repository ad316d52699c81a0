import type { Readable, Writable } from 'node:stream';
import { initializeResult } from './initializeResult.ts';

/** The id of a request. */
export type RequestId = string | number;

/** A first message that is longer is none of an editor. */
const longestMessage = 1024 * 1024;

/**
 * Answers `initialize` before the server itself is loaded, which an editor need not wait for: its next messages wait in
 * the stream meanwhile. The message stays in the stream, for the server needs to know what the editor can do.
 * @returns the id of the request that was answered; undefined when the first message is another one, or cannot be read:
 *   then the server says what is wrong with it. Never resolves for an input that ends before its first message.
 */
export function answerEarly(input: Readable, output: Writable, ended: () => void): Promise<RequestId | undefined> {
  return new Promise((resolve) => {
    let read = Buffer.alloc(0);
    const look = (): void => {
      for (let chunk = readChunk(input); chunk !== undefined; chunk = readChunk(input)) read = Buffer.concat([read, chunk]);
      const message = firstMessage(read);
      if (message === undefined) return;
      input.off('readable', look).off('end', ended);
      input.unshift(read);
      const id = initializeId(message.text);
      if (id !== undefined) {
        const answer = JSON.stringify({ jsonrpc: '2.0', id, result: initializeResult });
        output.write(`Content-Length: ${String(Buffer.byteLength(answer))}\r\n\r\n${answer}`);
      }
      resolve(id);
    };
    input.on('readable', look).on('end', ended);
  });
}

function readChunk(input: Readable): Buffer | undefined {
  const chunk: unknown = input.read();
  return chunk instanceof Buffer ? chunk : undefined;
}

/** The text of the first message, the empty one when it cannot be read; undefined as long as it has not come. */
function firstMessage(read: Buffer): { readonly text: string } | undefined {
  const headers = read.indexOf('\r\n\r\n');
  if (headers < 0) return read.length > longestMessage ? unreadable : undefined;
  const length = Number(/^content-length:\s*(\d+)\s*$/im.exec(read.toString('latin1', 0, headers))?.[1] ?? NaN);
  if (!(length <= longestMessage)) return unreadable;
  const start = headers + 4;
  return read.length < start + length ? undefined : { text: read.toString('utf8', start, start + length) };
}

const unreadable = { text: '' };

/** The id of a request `initialize` of which the server can make something. */
function initializeId(message: string): RequestId | undefined {
  try {
    const { id, method, params } = JSON.parse(message) as { readonly id?: unknown; readonly method?: unknown; readonly params?: { readonly capabilities?: unknown } | null };
    const isReadable = method === 'initialize' && typeof params?.capabilities === 'object' && params.capabilities !== null;
    return isReadable && (typeof id === 'string' || typeof id === 'number') ? id : undefined;
  } catch {
    return undefined;
  }
}
