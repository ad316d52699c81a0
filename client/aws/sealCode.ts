/** Seals a text for the holder of the private key, in base64: what is sent to the server can appear in traces of the messages. */
export async function sealCode(code: string, publicKey: JsonWebKey): Promise<string> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('jwk', { ...publicKey, ext: true }, algorithm, false, ['encrypt']);
  const sealed = await crypto.subtle.encrypt(algorithm, key, new TextEncoder().encode(code));
  return btoa(String.fromCharCode(...new Uint8Array(sealed)));
}
