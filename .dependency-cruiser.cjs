/** The boundaries of ARCHITECTURE.md. @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Modules have an order.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      comment: 'The core imports itself, the schemas and small pure libraries.',
      severity: 'error',
      from: { path: '^server/core/' },
      to: { pathNot: ['^server/core/', '^schemas/[^/]+\\.json$', '^node_modules/(jsonc-parser|cronstrue|fastest-levenshtein)/'] },
    },
    {
      name: 'model-needs-only-core',
      severity: 'error',
      from: { path: '^server/model/' },
      to: { pathNot: ['^server/(core|model)/', '^node_modules/vscode-uri/'] },
    },
    {
      name: 'features-have-no-connection',
      comment: 'Features turn a snapshot into LSP data; they know the types of LSP, not its transport.',
      severity: 'error',
      from: { path: '^server/features/' },
      to: { pathNot: ['^server/(core|model|features)/', '^server/protocol\\.ts$', '^schemas/[^/]+\\.json$', '^node_modules/(vscode-languageserver-types|vscode-uri|jsonc-parser|fastest-levenshtein)/'] },
    },
    {
      name: 'sdk-behind-one-door',
      comment: 'Only the AWS backend imports the AWS SDK.',
      severity: 'error',
      from: { pathNot: '^server/organizations/aws' },
      to: { path: '^node_modules/(@aws-sdk|@smithy)/' },
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
      severity: 'error',
      from: { path: '^client/webview/' },
      to: { pathNot: ['^client/webview/', '^server/protocol\\.ts$', '^node_modules/(lit|lit-html|lit-element|@lit|@vscode-elements|@vscode/codicons)/'] },
    },
    { name: 'protocol-imports-nothing', severity: 'error', from: { path: '^server/protocol\\.ts$' }, to: {} },
    { name: 'server-knows-no-client', severity: 'error', from: { path: '^server/' }, to: { path: '^client/' } },
    { name: 'vscode-only-in-the-client', severity: 'error', from: { pathNot: ['^client/(?!webview/)', '^test/ui/'] }, to: { path: '^vscode$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], mainFields: ['module', 'main', 'types'] },
  },
};
