import tseslint from 'typescript-eslint';

/** The core is a function of its arguments. */
const impure = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'The core has no clock: take the time as an argument.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The core has no clock: take the time as an argument.' },
  { selector: "CallExpression[callee.name='Date']", message: 'The core has no clock: take the time as an argument.' },
  { selector: "MemberExpression[object.name='performance']", message: 'The core has no clock: take the time as an argument.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'The core is deterministic.' },
  { selector: "MemberExpression[object.name='crypto']", message: 'The core is deterministic.' },
];

/** Names of other worlds than the language's own. */
const worlds = ['process', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'require', 'Buffer', 'console'];

export default tseslint.config(
  { ignores: ['dist/**', 'out/**', 'node_modules/**', '.vscode-host/**', '.vscode-test/**', 'test-results/**', 'server/core/generated/**'] },
  { linterOptions: { noInlineConfig: true } },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './client/webview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
        // With CI in the environment the parser would otherwise read files from disk once, whatever text it is asked about.
        disallowAutomaticSingleRunInference: true,
      },
    },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true, 'ts-check': true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.ts', '**/*.mjs', '**/*.cjs'], rules: { 'max-lines': ['error', 400] } },
  { files: ['server/core/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...impure], 'no-restricted-globals': ['error', ...worlds] } },
  { files: ['test/**/*.ts'], rules: { 'no-console': 'off' } },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.mjs', '**/*.cjs'] })),
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
