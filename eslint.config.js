import tseslint from 'typescript-eslint'

/** Tools that insist on a default export of their configuration. */
const configurations = ['*.config.js', '*.config.ts', '.dependency-cruiser.js']

/** lib.dom.d.ts is there for WebAssembly's types; these of its globals exist in no Node and hide a forgotten variable. */
const browserOnly =
  'close closed confirm document event external find focus frames history innerWidth innerHeight length location name open opener origin parent print prompt screen scroll scrollBy scrollTo self status stop top window'

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', 'fixtures/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true } }],
      'no-restricted-globals': ['error', ...browserOnly.split(' ')],
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.recommended] },
  { files: configurations, rules: { 'no-restricted-exports': 'off' } },
)
