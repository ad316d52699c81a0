type Middleware = <Request, Result>(next: (request: Request) => Promise<Result>) => (request: Request) => Promise<Result>;

/** A request that a client of the SDK can send, whatever the service. */
interface Watched {
  readonly middlewareStack: { add(middleware: Middleware, options: { readonly step: 'finalizeRequest'; readonly priority: 'low'; readonly name: string }): void };
}

/** Not sent at all. */
const unsent: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Sends a command. What it rejects with says by `unanswered` whether an attempt was sent and got no
 * answer that settles it: the command may have taken effect.
 */
export async function watched<Command extends Watched, Output>(command: Command, send: (command: Command) => Promise<Output>): Promise<Output> {
  const attempts = { unanswered: false };
  command.middlewareStack.add(
    (next) => async (request) => {
      try {
        return await next(request);
      } catch (error) {
        const { $fault, code } = error as { readonly $fault?: unknown; readonly code?: unknown };
        if ($fault !== 'client' && !unsent.has(code)) attempts.unanswered = true;
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'unanswered' },
  );
  try {
    return await send(command);
  } catch (error) {
    if (attempts.unanswered && error instanceof Error) Object.assign(error, { unanswered: true });
    throw error;
  }
}
