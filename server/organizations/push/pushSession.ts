import type { PreparePushParams, PushPreparationView, PushResultView, PushVersion } from '../../protocol/push.ts';
import type { Access } from '../connection/access.ts';
import type { Call, RemoteHost } from '../host.ts';
import { lastKnownFiles } from '../lastKnown.ts';
import { Refusal } from '../refusal.ts';
import { journalOf } from '../writes/journalOf.ts';
import { executePush } from './executePush.ts';
import { preparePush, versionText, type PreparedPush, type PushContext } from './preparePush.ts';

/** How many preparations are kept: a user looks at one, and may go back to the one before. */
const kept = 4;

/** Pushes that were shown and wait for an answer. */
export class PushSession {
  readonly #host: RemoteHost;
  readonly #access: Access;
  readonly #prepared = new Map<string, PreparedPush>();
  #number = 0;

  constructor(host: RemoteHost, access: Access) {
    this.#host = host;
    this.#access = access;
  }

  /** What a push would do; see `preparePush`. */
  async prepare(params: PreparePushParams, call: Call): Promise<PushPreparationView> {
    const context = await this.#context('reading');
    const ref = `push-${String(++this.#number)}`;
    const prepared = await preparePush(context, params, ref, call);
    this.#prepared.set(ref, prepared);
    for (const old of [...this.#prepared.keys()].slice(0, -kept)) this.#prepared.delete(old);
    return prepared.view;
  }

  /** Makes what was shown; see `executePush`. Each preparation can be made once. */
  async execute({ ref }: { readonly ref: string }, call: Call): Promise<PushResultView> {
    const prepared = this.#find(ref);
    const context = await this.#context('writing');
    this.#prepared.delete(ref);
    const { caller } = await this.#access.connection(call);
    return executePush({ ...context, journal: journalOf(this.#host, caller?.arn) }, prepared, call);
  }

  /** The text of one version of a policy, empty for a version that there is not. */
  version({ ref, policy, version }: { readonly ref: string; readonly policy: string; readonly version: PushVersion }): string {
    return versionText(this.#find(ref), policy, version) ?? '';
  }

  /** Takes AWS's version for the last known one: the file gets it, so that it is no conflict any more. Gives its text. */
  async takeRemote({ ref, policy }: { readonly ref: string; readonly policy: string }): Promise<string> {
    const { assessed, view } = this.#find(ref);
    const remote = assessed.find((each) => each.policy.name === policy)?.remote;
    if (remote === undefined) throw new Refusal(`AWS has no policy "${policy}", so there is nothing to take.`, 'Push it to create it.');
    const { id, name, description, content } = remote;
    await lastKnownFiles(this.#host.settings().storage).put(view.organizationId, { policyId: id, name, description, content });
    return content;
  }

  async #context(intent: 'reading' | 'writing'): Promise<PushContext> {
    const { storage } = this.#host.settings();
    return { api: await this.#access[intent](), host: this.#host, known: lastKnownFiles(storage), place: this.#access.place };
  }

  #find(ref: string): PreparedPush {
    const prepared = this.#prepared.get(ref);
    if (prepared === undefined) throw new Refusal('What was shown of this push is not kept any more, so nothing was pushed.', 'Push again: AWS and the files are read anew.');
    return prepared;
  }
}
