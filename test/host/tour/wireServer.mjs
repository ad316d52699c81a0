// An organization on a port of this machine for the tour, and the profile that leads to it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../..');

/** The profile of the configuration files, beside another one that has no credentials. */
export const profile = 'heath-and-harbour';

/** Writes AWS configuration files that nobody else has into a folder, and gives the variables that lead to them. */
export function awsProfiles(folder) {
  mkdirSync(folder, { recursive: true });
  const [config, credentials] = ['config', 'credentials'].map((name) => path.join(folder, name));
  writeFileSync(config, `[profile another-company]\nregion = us-east-1\n\n[profile ${profile}]\nregion = eu-west-1\n`);
  writeFileSync(credentials, `[${profile}]\naws_access_key_id = AKIATESTTESTTESTTEST\naws_secret_access_key = secret-of-the-tour\n`);
  return { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_EC2_METADATA_DISABLED: 'true', AWS_PROFILE: undefined, AWS_ENDPOINT_URL: undefined };
}

/** Organizations on this machine that have what the sample says; see `Wire` in wire.ts. */
export class Wires {
  #folder;
  #started = [];
  #bundle;

  /** @param folder takes the bundle. */
  constructor(folder) {
    this.#folder = folder;
  }

  /** Starts one. @param organizationId one that no other has: the extension remembers what it pushed to each. */
  async start(organizationId) {
    this.#bundle ??= bundled(path.join(this.#folder, 'wire.mjs'));
    const { startWire } = await this.#bundle;
    const wire = await startWire(path.join(root, 'samples'), organizationId);
    this.#started.push(wire);
    return wire;
  }

  async close() {
    for (const wire of this.#started.splice(0)) await wire.close();
  }
}

/** The stub as the tests of the backend have it, without the types that this version of Node.js does not read. */
async function bundled(outfile) {
  await build({ entryPoints: [path.join(import.meta.dirname, 'wire.ts')], outfile, bundle: true, platform: 'node', target: 'node20', format: 'esm', mainFields: ['module', 'main'], logLevel: 'warning' });
  return import(pathToFileURL(outfile).href);
}
