// The library by which the server speaks LSP can also look for modules of Node.js and for programs that install them.
// The server never does, and what it would need for that would be loaded at each start.

/** The plugin of esbuild that leaves it out. */
export const leanServer = {
  name: 'lean server',
  setup(plugins) {
    plugins.onLoad({ filter: /[\\/]vscode-languageserver[\\/]lib[\\/]node[\\/]files\.js$/ }, () => ({ contents: '', loader: 'js' }));
  },
};
