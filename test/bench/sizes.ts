import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Row } from './rows.ts';

/** What a desktop editor loads of the client, in the course of a session. */
const clientBundles = ['client.js', 'session.js', 'commands.js', 'panels.js'];

/** What the server loads before it tells the first problems; `initialize` it answers with the first alone and a part of `base.js`. */
const serverBundles = ['server.js', 'nodeServer.js', 'base.js', 'core.js'];

/** Sizes of what ships, in thousands of bytes. @param root the folder of the project. @param vsix the package. */
export function sizes(root: string, vsix: string): readonly Row[] {
  const dist = path.join(root, 'dist');
  const names = readdirSync(dist).filter((name) => name.endsWith('.js'));
  const pages = readdirSync(path.join(dist, 'webview')).filter((name) => name.endsWith('.js'));
  const size = (name: string): number => statSync(path.join(dist, name)).size / 1_000;
  const row = (id: string, name: string, files: readonly string[], note?: string): Row => ({ id, name, unit: 'kB', ours: files.reduce((sum, file) => sum + size(file), 0), ...(note === undefined ? {} : { note }) });
  const others = names.filter((name) => !serverBundles.includes(name) && !clientBundles.includes(name));
  return [
    row('size.server', 'Server bundles at the start', serverBundles, `${serverBundles.join(', ')}: what the server loads before it tells the first problems.`),
    row('size.client', 'Client bundles together', clientBundles.filter((name) => existsSync(path.join(dist, name))), `${clientBundles.join(', ')}: what a desktop editor loads of the client in the course of a session. The language client is session.js.`),
    row('size.webview', 'Scripts of all webviews together', pages.map((name) => `webview/${name}`)),
    ...others.map((name) => row(`size.${name}`, `Bundle ${name}`, [name])),
    { id: 'size.vsix', name: 'Package (.vsix)', unit: 'kB', ours: statSync(vsix).size / 1_000 },
  ];
}
