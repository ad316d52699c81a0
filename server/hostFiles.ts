import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { FileSystem } from './files.ts';
import type { HostRequests } from './protocol.ts';
import { watchedGlob } from './watchedFiles.ts';

/** Files by way of the editor, for a server that runs in a browser or beside a virtual file system. */
export function hostFiles(connection: Connection): FileSystem {
  const ask = async <Method extends keyof HostRequests>(method: Method, params: HostRequests[Method]['params']): Promise<HostRequests[Method]['result'] | undefined> => {
    try {
      return await connection.sendRequest<HostRequests[Method]['result']>(method, params);
    } catch {
      return undefined;
    }
  };
  return {
    async read(uri) {
      return (await ask('backupPolicy/readFile', { uri })) ?? undefined;
    },
    async find(folder, isWanted) {
      const uris = (await ask('backupPolicy/findFiles', { include: watchedGlob })) ?? [];
      const inside = folder.endsWith('/') ? folder : `${folder}/`;
      return uris.filter((uri) => uri.startsWith(inside) && isWanted(URI.parse(uri).path));
    },
  };
}

/** The disk itself for its files, and the editor for those of virtual file systems, which only it can read. */
export function filesBySchemes(disk: FileSystem, connection: Connection): FileSystem {
  const host = hostFiles(connection);
  const of = (uri: string): FileSystem => (URI.parse(uri).scheme === 'file' ? disk : host);
  return {
    read: (uri, within) => of(uri).read(uri, within),
    find: (folder, isWanted) => of(folder).find(folder, isWanted),
  };
}
