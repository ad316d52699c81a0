import { describe, expect, it } from 'vitest';
import { sealCode } from '../../../client/aws/sealCode.ts';
import { sealingKey } from '../../../server/organizations/connection/sealedCode.ts';

describe('the code of an MFA device', () => {
  it('can be read by the server that asked for it, and by nobody who sees the messages', async () => {
    const key = await sealingKey();
    const sealed = await sealCode('123456', key.publicKey);
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('123456');
    expect(JSON.stringify(key.publicKey)).not.toContain('"d"');
    expect(key.open(sealed)).toBe('123456');
  });

  it('is sealed anew each time, and for one key only', async () => {
    const [key, other] = await Promise.all([sealingKey(), sealingKey()]);
    expect(await sealCode('123456', key.publicKey)).not.toBe(await sealCode('123456', key.publicKey));
    expect(() => other.open('AAAA')).toThrow();
  });
});
