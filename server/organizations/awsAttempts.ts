import type { OrganizationsClient, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-organizations';

/** A request that the SDK's client can send. */
export type AwsCommand<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = Parameters<typeof OrganizationsClient.prototype.send<Input, Output>>[0];

/** Not sent at all. */
const unsent: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Tells whether an attempt of a command was sent and got no answer that settles it: it may have taken effect. */
export function watch<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(command: AwsCommand<Input, Output>): () => boolean {
  let unanswered = false;
  command.middlewareStack.add(
    (next) => async (request) => {
      try {
        return await next(request);
      } catch (error) {
        const { $fault, code } = error as { readonly $fault?: unknown; readonly code?: unknown };
        if ($fault !== 'client' && !unsent.has(code)) unanswered = true;
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'unanswered' },
  );
  return () => unanswered;
}
