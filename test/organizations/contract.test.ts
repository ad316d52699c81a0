import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { embedded, emulator, wire, type Backend, type Opened } from './backends.ts';
import { contract } from './contract.ts';
import { deviations } from './deviations.ts';

const endpoint = process.env['ORGS_TEST_ENDPOINT'];
const emulatorName = process.env['ORGS_TEST_BACKEND'] === 'ministack' ? 'ministack' : 'moto';

function cases(backend: Backend): void {
  const known = deviations[backend.name] ?? {};
  let opened: Opened;
  beforeEach(async () => {
    opened = await backend.open();
  });
  afterEach(() => opened.close());

  test.each(Object.entries(contract))('%s', async (name, { observe, aws }) => {
    expect(await observe(opened)).toEqual(Object.hasOwn(known, name) ? known[name] : aws);
  });

  test('deviates in nothing that is not a case', () => {
    expect(Object.keys(known).filter((name) => !Object.hasOwn(contract, name))).toEqual([]);
  });
}

describe('the embedded organization', () => {
  cases(embedded);
});

describe('the AWS SDK over HTTP', () => {
  cases(wire);
});

describe.skipIf(endpoint === undefined)(`the emulator of ORGS_TEST_ENDPOINT${endpoint === undefined ? ' (not set: npm run test:emulators starts them)' : `: ${emulatorName}`}`, () => {
  cases(emulator(emulatorName, endpoint ?? ''));
});
