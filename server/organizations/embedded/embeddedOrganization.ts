import type { Caller, WireObject } from '../caller.ts';
import { abortReason, type Clock } from '../clock.ts';
import { Queue } from '../queue.ts';
import { RateLimits } from '../rates.ts';
import { attachPolicy, detachPolicy, disablePolicyType, enablePolicyType, listPoliciesForTarget, listTargets } from './attachments.ts';
import { AwsError } from './awsError.ts';
import type { ServiceCallers } from '../serviceCaller.ts';
import { settle } from './effective.ts';
import type { Run } from './operation.ts';
import { accessDenied, deleteResourcePolicy, describeEffectivePolicy, describeResourcePolicy, listInvalidAccounts, listValidationErrors, putResourcePolicy } from './outcomes.ts';
import type { PagingOptions } from './paging.ts';
import { createPolicy, deletePolicy, describePolicy, listPolicies, listTags, updatePolicy } from './policies.ts';
import { serviceChanges, serviceReads } from './services.ts';
import type { Storage } from './storage.ts';
import { createAccount, createUnit, describeOrganization, listAccounts, listAllAccounts, listChildren, listParents, listRoots, listUnits, moveAccount } from './tree.ts';
import { deregisterAdministrator, disableTrustedService, enableTrustedService, listAdministrators, listTrustedServices, registerAdministrator } from './trust.ts';

/** How an embedded organization behaves where AWS is not always the same. */
export interface EmbeddedOptions extends PagingOptions {
  readonly storage: Storage;
  readonly clock: Pick<Clock, 'now' | 'random'>;
  /** The account that calls; without it the management account. */
  readonly callerId?: string;
  /** Least and most milliseconds until a change has reached the accounts. Source: organizations-api §3, 2 to 20 s [obs]. */
  readonly propagation?: readonly [number, number];
  /** Refuses a change of attached policies while an earlier one is on its way. */
  readonly refuseWhilePropagating?: boolean;
  /** Refuses what exceeds the documented rates. */
  readonly throttled?: boolean;
  /** Operations that the caller has no permission for. */
  readonly denied?: ReadonlySet<string>;
}

const reads: Readonly<Record<string, Run>> = {
  DescribeOrganization: describeOrganization,
  ListRoots: listRoots,
  ListOrganizationalUnitsForParent: listUnits,
  ListAccounts: listAllAccounts,
  ListAccountsForParent: listAccounts,
  ListChildren: listChildren,
  ListParents: listParents,
  ListPolicies: listPolicies,
  DescribePolicy: describePolicy,
  ListPoliciesForTarget: listPoliciesForTarget,
  ListTargetsForPolicy: listTargets,
  ListTagsForResource: listTags,
  DescribeEffectivePolicy: describeEffectivePolicy,
  ListEffectivePolicyValidationErrors: listValidationErrors,
  ListAccountsWithInvalidEffectivePolicy: listInvalidAccounts,
  DescribeResourcePolicy: describeResourcePolicy,
  ListAWSServiceAccessForOrganization: listTrustedServices,
  ListDelegatedAdministrators: listAdministrators,
  ...serviceReads,
};

const changes: Readonly<Record<string, Run>> = {
  CreatePolicy: createPolicy,
  UpdatePolicy: updatePolicy,
  DeletePolicy: deletePolicy,
  AttachPolicy: attachPolicy,
  DetachPolicy: detachPolicy,
  EnablePolicyType: enablePolicyType,
  DisablePolicyType: disablePolicyType,
  PutResourcePolicy: putResourcePolicy,
  DeleteResourcePolicy: deleteResourcePolicy,
  EnableAWSServiceAccess: enableTrustedService,
  DisableAWSServiceAccess: disableTrustedService,
  RegisterDelegatedAdministrator: registerAdministrator,
  DeregisterDelegatedAdministrator: deregisterAdministrator,
  CreateOrganizationalUnit: createUnit,
  CreateAccount: createAccount,
  MoveAccount: moveAccount,
  ...serviceChanges,
};

/** The Region of an embedded organization's profile. */
const homeRegion = 'us-east-1';

/** What a member account may call of AWS Organizations. Source: organizations-api §4 [api, obs]. */
const forMembers: ReadonlySet<string> = new Set(['DescribeOrganization', 'DescribeEffectivePolicy']);

/** An organization that is stored and answers as AWS Organizations does, in the shapes of its JSON protocol. */
export class EmbeddedOrganization {
  readonly #options: EmbeddedOptions;
  readonly #queue = new Queue();
  readonly #limits = new RateLimits();

  constructor(options: EmbeddedOptions) {
    this.#options = options;
  }

  /** Runs one operation. Rejects with `AwsError`, or with what the storage throws. */
  call(operation: string, input: WireObject, region = homeRegion): Promise<WireObject> {
    return this.#queue.run(() => this.#run(operation, input, region));
  }

  async #run(operation: string, input: WireObject, region: string): Promise<WireObject> {
    const { storage, clock, propagation = [2000, 20_000], denied, throttled = false, refuseWhilePropagating = false, emptyPages = false } = this.#options;
    const change = Object.hasOwn(changes, operation) ? changes[operation] : undefined;
    const run = change ?? (Object.hasOwn(reads, operation) ? reads[operation] : undefined);
    if (run === undefined) throw new AwsError('UnknownOperation', `The operation ${operation} is not known.`);
    const now = clock.now();
    if (throttled && this.#limits.take(operation, now) > 0) throw new AwsError('TooManyRequests', 'You have sent too many requests in too short a period of time.');
    const stored = await storage.load();
    if (stored === undefined) throw new AwsError('AWSOrganizationsNotInUse', 'Your account isn\'t a member of an organization.');
    const { state, mark } = stored;
    const callerId = this.#options.callerId ?? state.managementAccountId;
    if (denied?.has(operation) === true || (callerId !== state.managementAccountId && !forMembers.has(operation) && !operation.includes(':'))) throw accessDenied();
    settle(state, now);
    const delay = (): number => propagation[0] + clock.random() * (propagation[1] - propagation[0]);
    const output = run({ state, now, delay, region, callerId, refuseWhilePropagating, emptyPages }, input);
    if (change !== undefined && (await storage.save(state, mark)) === undefined) throw new AwsError('ConcurrentModification', 'The target of the operation is currently being modified by a different request. Try again later.');
    return output;
  }
}

/** Calls an embedded organization without a wire. */
export function embeddedCaller(options: EmbeddedOptions): Caller {
  const organization = new EmbeddedOrganization(options);
  return {
    call: async (operation, input, signal) => {
      if (signal?.aborted === true) throw abortReason(signal);
      return { output: await organization.call(operation, input), attempts: 1 };
    },
    close: () => undefined,
  };
}

/** AWS Backup, AWS STS and IAM of an embedded organization, without a wire. */
export function embeddedServices(options: EmbeddedOptions): ServiceCallers {
  const organization = new EmbeddedOrganization(options);
  const close = (): void => undefined;
  return {
    region: homeRegion,
    in: (region) => ({
      call: async (operation, input, signal) => {
        if (signal?.aborted === true) throw abortReason(signal);
        return { output: await organization.call(operation, input, region), attempts: 1 };
      },
      close,
    }),
    close,
  };
}
