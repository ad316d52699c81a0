import { Uri, workspace, type Disposable, type ExtensionContext } from 'vscode';

const scheme = 'backup-policy-rule';

/** Where the page of a rule can be opened. */
export function rulePage(rule: string): Uri {
  return Uri.from({ scheme, path: `/${rule}.md` });
}

/** Serves the pages of the rules out of the extension. */
export function registerRulePages(context: ExtensionContext): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: async (uri) => {
      const name = /^\/([a-z-]+)\.md$/.exec(uri.path)?.[1];
      if (name === undefined) return undefined;
      const bytes = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'docs', 'rules', `${name}.md`));
      return new TextDecoder().decode(bytes);
    },
  });
}
