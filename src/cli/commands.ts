import type { Command } from 'commander'

/** Adds a command to the program. */
export type Add = (program: Command) => void

/**
 * Every command by its name, in the order of the help. A command's module is loaded only when it is asked for: a node that
 * shall answer in half a second cannot wait for a generator of sequences.
 */
export const commands: Readonly<Record<string, () => Promise<Add>>> = {
  conform: async () => (await import('./conform.js')).addConform,
  merge: async () => (await import('./merge.js')).addMerge,
  replay: async () => (await import('./replay.js')).addReplay,
  fixtures: async () => (await import('./fixtures.js')).addFixtures,
  check: async () => (await import('./check.js')).addCheck,
  findings: async () => (await import('./findings.js')).addFindings,
  mutants: async () => (await import('./mutants.js')).addMutants,
  reach: async () => (await import('./reach.js')).addReach,
  show: async () => (await import('./show.js')).addShow,
  explain: async () => (await import('./explain.js')).addExplain,
  diff: async () => (await import('./explain.js')).addDiff,
  quirks: async () => (await import('./quirks.js')).addQuirks,
  arithmetic: async () => (await import('./arithmetic.js')).addArithmetic,
  bridge: async () => (await import('./bridge.js')).addBridge,
  node: async () => (await import('./node.js')).addNode,
  export: async () => (await import('./export.js')).addExport,
  doctor: async () => (await import('./doctor.js')).addDoctor,
  runtime: async () => (await import('./runtime.js')).addRuntime,
}
