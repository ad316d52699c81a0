import { describe, expect, it } from 'vitest';
import type { Caller } from '../../server/organizations/caller.ts';
import { organizationsApi } from '../../server/organizations/organizationsApi.ts';
import { simulatedClock } from './simulatedClock.ts';

/** A way to AWS that never answers and hears no signal, as while a `credential_process` hangs. */
const hanging: Caller = { call: () => new Promise(() => undefined), close: () => undefined };

describe('a question that hangs before it is sent', () => {
  it('ends when the user cancels it', async () => {
    const api = organizationsApi(hanging, { clock: simulatedClock(), paced: true });
    const controller = new AbortController();
    const asked = api.listRoots({ signal: controller.signal });
    controller.abort();
    await expect(asked).rejects.toMatchObject({ failure: { kind: 'cancelled' }, call: { mayHaveHappened: false } });
  });
});
