import type { PreparePushParams, PushPreparationView, PushResultView, PushVersion } from '../../protocol/push.ts';
import type { Access } from '../connection/access.ts';
import type { Call, RemoteHost } from '../host.ts';
import { lastKnownFiles } from '../lastKnown.ts';
import { Refusal } from '../refusal.ts';
import { storageFolder } from '../storageFolder.ts';
import { journalOf } from '../writes/journalOf.ts';
import { requireSamePlace, type PlanPlace } from '../writes/plans.ts';
import { executePush } from './executePush.ts';
import { preparePush, versionText, type PreparedPush, type PushContext } from './preparePush.ts';

/** How many preparations are kept: a user looks at one, and may go back to the one before. */
const kept = 4;

/** Pushes that were shown and wait for an answer. */
export class PushSession {
  readonly #host: RemoteHost;
  readonly #access: Access;
  readonly #prepared = new Map<string, { readonly push: PreparedPush; readonly place: PlanPlace }>();
  #number = 0;

  constructor(host: RemoteHost, access: Access) {
    this.#host = host;
    this.#access = access;
  }

  /** What a push would do; see `preparePush`. */
  async prepare(params: PreparePushParams, call: Call): Promise<PushPreparationView> {
    const { place } = this.#access;
    const connection = await this.#access.connection(call);
    const context = await this.#context('reading');
    // AWS was asked meanwhile: what is read now must be of the organization that answered.
    requireSamePlace(place, context.place);
    const ref = `push-${String(++this.#number)}`;
    const push = await preparePush({ ...context, connection }, params, ref, call);
    this.#prepared.set(ref, { push, place });
    for (const old of [...this.#prepared.keys()].slice(0, -kept)) this.#prepared.delete(old);
    return push.view;
  }

  /** Makes what was shown, there where it was shown for; see `executePush`. Each preparation can be made once. */
  async execute({ ref }: { readonly ref: string }, call: Call): Promise<PushResultView> {
    this.#find(ref);
    const context = await this.#context('writing', call);
    const { caller } = await this.#access.connection(call);
    // While the user or AWS was asked, somebody may have made it, or chosen another organization.
    const { push, place } = this.#find(ref);
    requireSamePlace(place, context.place);
    requireSamePlace(place, this.#access.place);
    this.#prepared.delete(ref);
    return executePush({ ...context, journal: journalOf(this.#host, caller?.arn) }, push, call);
  }

  /** The text of one version of a policy, empty for a version that there is not. */
  version({ ref, policy, version }: { readonly ref: string; readonly policy: string; readonly version: PushVersion }): string {
    return versionText(this.#find(ref).push, policy, version) ?? '';
  }

  /** Takes AWS's version for the last known one: the file gets it, so that it is no conflict any more. Gives its text. */
  async takeRemote({ ref, policy }: { readonly ref: string; readonly policy: string }): Promise<string> {
    const { assessed, view } = this.#find(ref).push;
    const remote = assessed.find((each) => each.policy.name === policy)?.remote;
    if (remote === undefined) throw new Refusal(`AWS has no policy "${policy}", so there is nothing to take.`, 'Push it to create it.');
    const { id, name, description, content } = remote;
    await lastKnownFiles(storageFolder(this.#host.settings())).put(view.organizationId, { policyId: id, name, description, content });
    return content;
  }

  async #context(intent: 'reading' | 'writing', call?: Call): Promise<PushContext & { readonly place: PlanPlace }> {
    const api = intent === 'writing' ? await this.#access.writing(call) : await this.#access.reading();
    return { api, host: this.#host, known: lastKnownFiles(storageFolder(this.#host.settings())), place: this.#access.place };
  }

  #find(ref: string): { readonly push: PreparedPush; readonly place: PlanPlace } {
    const prepared = this.#prepared.get(ref);
    if (prepared === undefined) throw new Refusal('What was shown of this push is not kept any more, so nothing was pushed.', 'Push again: AWS and the files are read anew.');
    return prepared;
  }
}
