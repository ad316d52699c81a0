import { answerEarly, type RequestId } from './earlyAnswer.ts';

/** The transport is chosen by the command line: --stdio, --node-ipc, --socket=PORT, --pipe=NAME. */
const overStandardStreams = process.argv.includes('--stdio');

async function start(): Promise<void> {
  let answered: RequestId | undefined;
  if (overStandardStreams) {
    answered = await answerEarly(process.stdin, process.stdout, () => {
      process.exit(1);
    });
  }
  const { serveNode } = await import('./nodeServer.ts');
  serveNode(overStandardStreams, answered);
}

void start();
