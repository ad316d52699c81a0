import { constants, generateKeyPair, privateDecrypt, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** The key that an MFA code is sealed with on its way from the editor: traces of the messages show what nobody can read. */
export interface SealingKey {
  /** A public RSA key for OAEP with SHA-256, as a JSON Web Key. */
  readonly publicKey: JsonWebKey;
  /** The sealed text; rejects what was not sealed for this key. */
  open(sealed: string): string;
}

/** A key for one code. */
export async function sealingKey(): Promise<SealingKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { publicKey: publicKey.export({ format: 'jwk' }), open: (sealed) => unsealed(privateKey, sealed) };
}

function unsealed(key: KeyObject, sealed: string): string {
  return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, Buffer.from(sealed, 'base64')).toString('utf8');
}
