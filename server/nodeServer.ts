import { Console } from 'node:console';
import { setFlagsFromString } from 'node:v8';
import { createConnection, Message, ProposedFeatures, StreamMessageReader, StreamMessageWriter, type Connection } from 'vscode-languageserver/node';
import { withCanonicalUris } from './documentUris.ts';
import type { RequestId } from './earlyAnswer.ts';
import { filesBySchemes } from './hostFiles.ts';
import { nodeFiles } from './nodeFiles.ts';
import { registerRemoteRequests } from './remoteRequests.ts';
import { serve } from './server.ts';

/**
 * The server on Node.
 * @param overStandardStreams whether it speaks over its standard input and output; else over what the command line says.
 * @param answered the id of the request `initialize` if that has its answer already.
 */
export function serveNode(overStandardStreams: boolean, answered: RequestId | undefined): void {
  keepYoungGenerationSmall();
  const connection = overStandardStreams ? streamConnection(answered) : createConnection(ProposedFeatures.all, withCanonicalUris);
  serve(connection, (each) => filesBySchemes(nodeFiles, each), () => Date.now(), registerRemoteRequests);
}

/** Between two keystrokes the server throws nearly everything away: a larger space for what is new holds memory and saves no time. */
function keepYoungGenerationSmall(): void {
  // An editor on Electron starts the server with flags of its own.
  if (process.versions['electron'] === undefined) setFlagsFromString('--semi-space-growth-factor=1');
}

function streamConnection(answered: RequestId | undefined): Connection {
  // What any module prints must not come between the messages.
  globalThis.console = new Console(process.stderr);
  const connection = createConnection(ProposedFeatures.all, new StreamMessageReader(process.stdin), new AnsweredWriter(process.stdout, answered), withCanonicalUris);
  let isShutDown = false;
  connection.onShutdown(() => {
    isShutDown = true;
  });
  for (const end of ['end', 'close']) {
    process.stdin.on(end, () => {
      process.exit(isShutDown ? 0 : 1);
    });
  }
  return connection;
}

/** Leaves out the answer that the editor has already. */
class AnsweredWriter extends StreamMessageWriter {
  #answered: RequestId | undefined;

  constructor(output: NodeJS.WritableStream, answered: RequestId | undefined) {
    super(output);
    this.#answered = answered;
  }

  override write(message: Message): Promise<void> {
    if (this.#answered === undefined || !Message.isResponse(message) || message.id !== this.#answered) return super.write(message);
    this.#answered = undefined;
    return Promise.resolve();
  }
}
