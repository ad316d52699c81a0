// The boundaries of ARCHITECTURE.md. test/boundaries.test.ts shows that each of them catches what it forbids.

/** One of these packages, installed or not. */
const packages = (...names) => `^(node_modules/)?(${names.join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Modules have an order.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      comment: 'The core imports itself, the schemas and small pure libraries.',
      severity: 'error',
      from: { path: '^server/core/' },
      to: { pathNot: ['^server/core/', '^schemas/[^/]+\\.json$', packages('jsonc-parser', 'fastest-levenshtein', 'papaparse')] },
    },
    {
      name: 'model-needs-only-core',
      comment: 'The modelled organization is data about data.',
      severity: 'error',
      from: { path: '^server/model/' },
      to: { pathNot: ['^server/(core|model)/', packages('vscode-uri')] },
    },
    {
      name: 'features-have-no-connection',
      comment: 'Features turn a snapshot into LSP data; they know the types of LSP, not its transport.',
      severity: 'error',
      from: { path: '^server/features/' },
      to: { pathNot: ['^server/(core|model|features)/', '^server/protocol\\.ts$', '^schemas/[^/]+\\.json$', packages('vscode-languageserver-types', 'vscode-uri', 'jsonc-parser', 'fastest-levenshtein', 'papaparse')] },
    },
    {
      name: 'sdk-behind-one-door',
      comment: 'Only the AWS backend imports the AWS SDK.',
      severity: 'error',
      from: { pathNot: '^server/organizations/aws' },
      to: { path: packages('@aws-sdk', '@smithy') },
    },
    {
      name: 'client-speaks-the-protocol',
      comment: 'Of the server the client knows only the protocol.',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server|schemas)/', pathNot: '^server/protocol\\.ts$' },
    },
    {
      name: 'webview-stands-alone',
      comment: 'The page runs in a browser: it has the protocol and its own libraries.',
      severity: 'error',
      from: { path: '^client/webview/' },
      to: { pathNot: ['^client/webview/', '^server/protocol\\.ts$', packages('lit', 'lit-html', 'lit-element', '@lit', '@vscode-elements', '@vscode/codicons')] },
    },
    { name: 'protocol-imports-nothing', comment: 'Both sides import it, with its own parts.', severity: 'error', from: { path: '^server/protocol(\\.ts$|/)' }, to: { pathNot: '^server/protocol/' } },
    { name: 'server-knows-no-client', comment: 'The server works with any editor.', severity: 'error', from: { path: '^server/' }, to: { path: '^client/' } },
    {
      name: 'product-knows-no-tests',
      comment: 'What ships does not need the tests.',
      severity: 'error',
      from: { path: '^(client|server)/' },
      to: { path: '^test/' },
    },
    {
      name: 'vscode-only-in-the-client',
      comment: 'The editor is known to the client and to the suites and the bench that run in it.',
      severity: 'error',
      from: { pathNot: ['^client/', '^test/ui/', '^test/web/', '^test/bench/editor/extensionHost\\.ts$'] },
      to: { path: ['^vscode$', '^node_modules/@types/vscode/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], mainFields: ['module', 'main', 'types'] },
  },
};
