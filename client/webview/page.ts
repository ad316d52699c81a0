/** The HTML document around a page. The extension host writes it; all content is rendered by the script. */

/** Addresses and secrets of one page. */
export interface PageParts {
  /** What the editor's frame is called. */
  readonly title: string;
  /** The page's script in `dist/webview` as a webview URI. */
  readonly scriptUri: string;
  /** Its style sheet as a webview URI; the icon font lies beside it. */
  readonly styleUri: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Random for each page, letters and digits. */
  readonly nonce: string;
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

/**
 * The document of a page, under a content security policy that lets it load its own script, style sheet and icon
 * font and nothing else.
 */
export function webviewPage(parts: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${parts.nonce}'`,
    `style-src ${parts.cspSource}`,
    `font-src ${parts.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(parts.styleUri)}">
<title>${attribute(parts.title)}</title>
</head>
<body>
<div id="panel"></div>
<script nonce="${attribute(parts.nonce)}" src="${attribute(parts.scriptUri)}"></script>
</body>
</html>
`;
}
