/**
 * The directions of imports: data flows one way.
 *
 *   spec → src/reference → model → conformance → the products in src/ → src/cli
 *
 * Tests (`*.test.ts`) may look anywhere, but no cycle may pass through them either.
 */

const test = '\\.test\\.ts$'
const packages = (...names) => `^node_modules/(${names.join('|')})/`

/** `from` may import what `may` lists and nothing else, Node's own modules included. */
const only = (name, from, may, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: test },
  to: { pathNot: may },
})

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle is allowed only when an import in it is of types alone.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    only(
      'spec-stands-alone',
      '^spec/',
      ['^spec/', packages('xstate', 'io-ts', 'fp-ts', '@noble/hashes', '@polkadot/util-crypto')],
      'What is true depends on nothing that executes it.',
    ),
    {
      name: 'hashes-behind-one-file',
      comment: 'In spec/, hashes come from spec/kernel/hashes.ts and signatures from spec/kernel/signatures.ts.',
      severity: 'error',
      from: { path: '^spec/', pathNot: [test, '^spec/kernel/(hashes|signatures)\\.ts$'] },
      to: { path: packages('@noble/hashes', '@polkadot/util-crypto') },
    },
    only('reference-executes-spec', '^src/reference/', ['^src/reference/', '^spec/'], 'The reference knows no generator and no target.'),
    {
      name: 'codec-knows-the-kernel',
      comment: 'Of this project, the codec imports spec/kernel alone; packages are free.',
      severity: 'error',
      from: { path: '^src/codec/', pathNot: test },
      to: { path: '^(spec|model|conformance|src)/', pathNot: ['^src/codec/', '^spec/kernel/'] },
    },
    only(
      'model-predicts',
      '^model/',
      ['^model/', '^spec/', '^src/reference/', packages('fast-check', 'pure-rand')],
      'The model generates, and predicts by calling the reference; it knows no target.',
    ),
    {
      name: 'cli-on-top',
      comment: 'Nothing imports the command line.',
      severity: 'error',
      from: { pathNot: ['^src/cli/', test] },
      to: { path: '^src/cli/' },
    },
    {
      name: 'nothing-from-devDependencies',
      comment: 'What is shipped runs without the development tools.',
      severity: 'error',
      from: { path: '^(spec|model|conformance|src)/', pathNot: [test, '^conformance/(bench|check-host)/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: '^(dist|coverage|fixtures)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
