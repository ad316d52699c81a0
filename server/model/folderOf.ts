import { URI, Utils } from 'vscode-uri';

/** The folder of a file, as a URI with a slash at its end: what begins with it lies inside. The root of a file system has its slash already. */
export function folderOf(uri: string): string {
  return Utils.dirname(URI.parse(uri)).toString().replace(/\/?$/, '/');
}
