import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { newOrganization, type EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { memoryStorage } from '../../../server/organizations/embedded/storage.ts';
import { rateOf } from '../../../server/organizations/rates.ts';
import { onTheWire } from '../backends.ts';
import { wireClock } from '../simulatedClock.ts';
import { embeddedProject, modelUri, projectFor } from './project.ts';

const unitCount = 2000;
const accountCount = 10_000;
const policyCount = 1000;

/** A document of about 2,500 characters, different for each number. */
function content(number: number): string {
  const rule = (hour: number): unknown => ({
    schedule_expression: { '@@assign': `cron(0 ${String(hour)} ? * * *)` },
    target_backup_vault_name: { '@@assign': 'Default' },
    lifecycle: { delete_after_days: { '@@assign': String(35 + (number % 300)) } },
    recovery_point_tags: { owner: { tag_key: { '@@assign': 'owner' }, tag_value: { '@@assign': 'x'.repeat(120) } } },
  });
  const rules = Object.fromEntries(Array.from({ length: 6 }, (_, hour) => [`at-${String(hour)}`, rule(hour)]));
  return JSON.stringify({ plans: { [`plan-${String(number)}`]: { regions: { '@@assign': ['eu-central-1'] }, rules } } });
}

/** As large as AWS allows: four levels of OUs with five accounts in each, and 1,000 policies on two targets each. */
function largeOrganization(): EmbeddedState {
  const state = newOrganization();
  for (let number = 0; number < unitCount; number++) {
    const parent = number < 10 ? state.root.id : state.units[Math.floor(number / 10) - 1]?.id;
    state.units.push({ id: `ou-em1b-${String(number).padStart(8, '0')}`, name: `Unit ${String(number)}`, parentId: parent ?? state.root.id });
  }
  while (state.accounts.length < accountCount) {
    const number = state.accounts.length;
    state.accounts.push({ id: String(200_000_000_000 + number), name: `account-${String(number)}`, parentId: state.units[number % unitCount]?.id ?? state.root.id });
  }
  for (let number = 0; number < policyCount; number++) {
    const id = `p-${String(number).padStart(10, '0')}`;
    state.policies.push({ id, name: `Policy ${String(number)}`, description: '', content: content(number), tags: [] });
    for (const target of [state.units[number * 2]?.id, state.accounts[number * 7]?.id]) if (target !== undefined) state.attachments[target] = [...(state.attachments[target] ?? []), id];
  }
  state.policyType = 'ENABLED';
  return state;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** Megabytes that reading, planning and their result may add: the documents alone are 1,000 times 2.5 kB, the model one. */
const heapBound = 48;

it('imports 10,000 accounts and 1,000 policies within the documented rates, with few requests and little memory', { timeout: 120_000 }, async () => {
  const state = largeOrganization();
  const wire = await onTheWire({ storage: memoryStorage(state), throttled: true }, {}, wireClock());
  const colleague = embeddedProject(state);
  const project = projectFor(wire.api, wire.clock);
  try {
    const before = heap();
    const started = performance.now();
    const view = await project.read();
    const seconds = (performance.now() - started) / 1000;
    const grown = heap() - before - stubLog(wire.stub.requests.length);
    const requests = new Map<string, number>();
    const asked = new Set(wire.stub.requests.map(({ operation, input }) => JSON.stringify([operation, input])));
    // What AWS throttles the SDK sends again.
    const repeated = wire.stub.requests.length - asked.size;
    for (const request of asked) {
      const [operation] = JSON.parse(request) as [string];
      requests.set(operation, (requests.get(operation) ?? 0) + 1);
    }
    // Rates are per group of operations, and the groups are read at the same time: the slowest one is what takes the time in AWS.
    const groups = new Map<string, number>();
    for (const [operation, count] of requests) groups.set(rateOf(operation).group, (groups.get(rateOf(operation).group) ?? 0) + count / rateOf(operation).perSecond);
    console.log(`${String(wire.stub.requests.length)} requests, ${String(repeated)} of them again after throttling: ${[...requests].map(([operation, count]) => `${operation} ${String(count)}`).join(', ')}`);
    console.log(`at least ${String(Math.round(Math.max(...groups.values())))} s at the documented rates, here ${seconds.toFixed(1)} s; heap ${grown.toFixed(1)} MB larger`);
    expect(view).toMatchObject({ accounts: accountCount, units: unitCount, policies: policyCount });
    expect(view.files).toHaveLength(1 + policyCount);
    expect(Object.fromEntries(requests)).toEqual({
      DescribeOrganization: 1,
      ListRoots: 1,
      ListAccounts: accountCount / 20,
      // The root and every OU: none has more than 20 others in it.
      ListOrganizationalUnitsForParent: 1 + unitCount,
      ListPolicies: policyCount / 20,
      DescribePolicy: policyCount,
      ListTargetsForPolicy: policyCount,
    });
    expect(repeated).toBe(0);
    expect(grown).toBeLessThan(heapBound);
    expect(seconds).toBeLessThan(60);
    await project.apply(view);
    const organization = project.snapshot().organizations.get(modelUri);
    expect(organization?.root?.accounts).toBe(accountCount);
    // Whoever has the files and imports it again changes nothing.
    for (const [uri, text] of project.files) colleague.files.set(uri, text);
    const again = performance.now();
    expect((await colleague.read()).files).toEqual([]);
    console.log(`again, without a wire: ${((performance.now() - again) / 1000).toFixed(1)} s`);
  } finally {
    project.close();
    colleague.close();
    await wire.close();
  }
});

/** Megabytes that the stub keeps of requests, which no import needs: about 400 bytes each. */
function stubLog(requests: number): number {
  return (requests * 400) / 1024 / 1024;
}
