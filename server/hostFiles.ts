import type { Connection } from 'vscode-languageserver';
import { watchedGlob, type FileSystem } from './files.ts';
import type { HostRequests } from './protocol.ts';

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
      return uris.filter((uri) => uri.startsWith(inside) && isWanted(decodeURIComponent(new URL(uri).pathname)));
    },
  };
}
