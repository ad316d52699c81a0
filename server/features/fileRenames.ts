import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { URI, Utils } from 'vscode-uri';
import type { Organization } from '../model/organization.ts';
import { resolveInside } from '../model/readOrganization.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { rangeOf } from './ranges.ts';

/** A file or a folder with its new place. */
export interface FileRename {
  readonly oldUri: string;
  readonly newUri: string;
}

/**
 * `workspace/willRenameFiles`: the models name policies where these will be. A policy that would leave the folder of its
 * model keeps its old place there, and the model says then that it is missing: no model may name it where it goes.
 * @returns null when no model changes.
 */
export function fileRenameEdits({ organizations }: Snapshot, renames: readonly FileRename[]): WorkspaceEdit | null {
  const changes: Record<string, TextEdit[]> = {};
  for (const organization of organizations.values()) {
    const edits = modelEdits(organization, renames);
    if (edits.length > 0) changes[organization.uri] = edits;
  }
  return Object.keys(changes).length === 0 ? null : { changes };
}

function modelEdits(organization: Organization, renames: readonly FileRename[]): TextEdit[] {
  const model = placeAfter(organization.uri, renames);
  return [...organization.policies.values()].flatMap(({ uri, file, fileSpan }): readonly TextEdit[] => {
    if (uri === undefined || fileSpan === undefined) return [];
    const wanted = placeAfter(uri, renames);
    if (resolveInside(model, file) === wanted) return [];
    const path = pathFrom(model, wanted);
    return path === undefined ? [] : [{ range: rangeOf(organization.document, fileSpan), newText: JSON.stringify(path) }];
  });
}

/** Where a file will be: it is renamed itself, or a folder that it is in. */
function placeAfter(uri: string, renames: readonly FileRename[]): string {
  for (const { oldUri, newUri } of renames) {
    const [before, after] = [normal(oldUri), normal(newUri)];
    if (uri === before) return after;
    if (uri.startsWith(`${before}/`)) return after + uri.slice(before.length);
  }
  return uri;
}

function normal(uri: string): string {
  return URI.parse(uri).toString().replace(/\/$/, '');
}

/** The path of a file below the folder of a model; undefined for one elsewhere, and for a name that a model cannot hold. */
function pathFrom(model: string, uri: string): string | undefined {
  const folder = Utils.dirname(URI.parse(model)).path;
  const inside = folder.endsWith('/') ? folder : `${folder}/`;
  const { path } = URI.parse(uri);
  if (!path.startsWith(inside)) return undefined;
  const relative = path.slice(inside.length);
  return resolveInside(model, relative) === uri ? relative : undefined;
}
