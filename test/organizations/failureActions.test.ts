import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OrganizationsError } from '../../server/organizations/errors.ts';
import type { FailedCall, Failure, FailureKind } from '../../server/organizations/failure.ts';
import { failureActions } from '../../server/organizations/failureActions.ts';
import { failureView } from '../../server/organizations/remote.ts';

const call: FailedCall = { operation: 'CreatePolicy', attempts: 1, mayHaveHappened: false, profile: "it's mine" };

interface Row {
  readonly failure: Failure;
  readonly titles: readonly string[];
}

/** Every kind has a row, or this does not compile. */
const rows: { readonly [Kind in FailureKind]: Row & { readonly failure: { readonly kind: Kind } } } = {
  throttled: { failure: { kind: 'throttled' }, titles: [] },
  accessDenied: { failure: { kind: 'accessDenied', action: 'organizations:CreatePolicy' }, titles: ['Copy IAM Statement', 'Choose Profile'] },
  credentials: { failure: { kind: 'credentials', detail: 'none' }, titles: ['Choose Profile', 'Try Again'] },
  expired: { failure: { kind: 'expired' }, titles: ['Run aws sso login', 'Try Again', 'Choose Profile'] },
  invalidCredentials: { failure: { kind: 'invalidCredentials' }, titles: ['Choose Profile', 'Show Caller Identity'] },
  clock: { failure: { kind: 'clock' }, titles: [] },
  concurrent: { failure: { kind: 'concurrent' }, titles: [] },
  notFound: { failure: { kind: 'notFound', missing: 'policy' }, titles: [] },
  duplicatePolicy: { failure: { kind: 'duplicatePolicy' }, titles: [] },
  alreadyAttached: { failure: { kind: 'alreadyAttached' }, titles: [] },
  notAttached: { failure: { kind: 'notAttached' }, titles: [] },
  alreadyRegistered: { failure: { kind: 'alreadyRegistered' }, titles: [] },
  notRegistered: { failure: { kind: 'notRegistered' }, titles: [] },
  policyInUse: { failure: { kind: 'policyInUse' }, titles: [] },
  typeNotEnabled: { failure: { kind: 'typeNotEnabled' }, titles: ['Show Set-Up'] },
  typeAlreadyEnabled: { failure: { kind: 'typeAlreadyEnabled' }, titles: [] },
  typeNotAvailable: { failure: { kind: 'typeNotAvailable' }, titles: ['Open AWS Documentation'] },
  malformedPolicy: { failure: { kind: 'malformedPolicy' }, titles: ['Show Problems'] },
  constraint: { failure: { kind: 'constraint', reason: 'POLICY_NUMBER_LIMIT_EXCEEDED' }, titles: ['Open Quotas'] },
  invalidInput: { failure: { kind: 'invalidInput', reason: '' }, titles: [] },
  notInOrganization: { failure: { kind: 'notInOrganization' }, titles: ['Choose Profile', 'Show Caller Identity'] },
  unsupportedEndpoint: { failure: { kind: 'unsupportedEndpoint' }, titles: ['Open Endpoint Setting', 'Choose Profile'] },
  service: { failure: { kind: 'service' }, titles: ['Open AWS Health Dashboard'] },
  transport: { failure: { kind: 'transport', fault: 'refused', detail: '' }, titles: ['Open Endpoint Setting'] },
  cancelled: { failure: { kind: 'cancelled' }, titles: [] },
  unknown: { failure: { kind: 'unknown', name: 'Odd', detail: '' }, titles: [] },
};

const actionsOf = (failure: Failure): ReturnType<typeof failureActions> => failureActions(new OrganizationsError(failure, call));
const commandsOfVsCode = new Set(['workbench.action.openSettings', 'workbench.actions.view.problems', 'vscode.open']);

describe('a failed call', () => {
  it.each(Object.values(rows).map(({ failure, titles }) => [failure.kind, failure, titles] as const))('%s says what to do next and offers it', (_kind, failure, titles) => {
    const view = failureView(new OrganizationsError(failure, call));
    expect(view?.message).toMatch(/\S\.?/);
    expect(view?.nextStep).toMatch(/[.}`]$/);
    expect(view?.actions.map(({ title }) => title)).toEqual(titles);
  });

  it('offers only commands that there are', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly contributes: { readonly commands: readonly { readonly command: string }[] } };
    const own = new Set(contributes.commands.map(({ command }) => command));
    const offered = Object.values(rows).flatMap(({ failure }) => actionsOf(failure)).flatMap((action) => (action.type === 'command' ? [action.command] : []));
    expect(offered.filter((command) => !own.has(command) && !commandsOfVsCode.has(command))).toEqual([]);
  });

  it('types a command with the profile as one argument, whatever its name', () => {
    expect(actionsOf({ kind: 'expired', signIn: 'sso' })[0]).toEqual({ type: 'terminal', title: 'Run aws sso login', command: "aws sso login --profile 'it'\\''s mine'" });
    expect(actionsOf({ kind: 'expired', signIn: 'console' })[0]).toMatchObject({ title: 'Run aws login', command: "aws login --profile 'it'\\''s mine'" });
  });

  it('gives the statement for the action that was missing, and for no other', () => {
    const [copy] = actionsOf({ kind: 'accessDenied', action: 'organizations:AttachPolicy' });
    expect(copy?.type === 'copy' ? JSON.parse(copy.text) : undefined).toMatchObject({ Statement: [{ Effect: 'Allow', Action: ['organizations:AttachPolicy'] }] });
  });

  it.each([['refused', 1], ['dns', 1], ['page', 1], ['timeout', 0], ['reset', 0], ['tls', 0]] as const)('offers the endpoint setting where it can be the cause: %s', (fault, offered) => {
    expect(actionsOf({ kind: 'transport', fault, detail: '' })).toHaveLength(offered);
  });
});
