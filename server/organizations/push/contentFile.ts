import { URI } from 'vscode-uri';
import type { PushableFile } from './pushableFile.ts';

/** The path of the file that holds exactly what is sent; undefined when what is sent is not in a file. */
export function contentFile(file: PushableFile | undefined): string | undefined {
  if (file?.sent.form !== 'asWritten' || file.sent.text !== file.text) return undefined;
  const uri = URI.parse(file.uri);
  return uri.scheme === 'file' ? uri.fsPath : undefined;
}
