/**
 * A defect of the spec or of this suite: never an outcome of a chain, never compared, always fatal.
 * The code tells which kind, so that a report can say how to mend it.
 */
export class Defect extends Error {
  readonly code: DefectCode
  constructor(code: DefectCode, message: string, options?: ErrorOptions) {
    super(`[${code}] ${message}`, options)
    this.name = 'Defect'
    this.code = code
  }
}

export type DefectCode =
  | 'SPEC-UNHANDLED' // an event that the entity's state has no branches for
  | 'SPEC-NOT-TOTAL' // a branch list whose last branch is guarded
  | 'SPEC-UNKNOWN-NAME' // a guard, effect, route, machine, item or quirk that nobody defined
  | 'SPEC-LATE-FACT' // a fact computed after its stage began to write
  | 'SPEC-TARGET' // the world after a branch does not show the state that the branch names
  | 'SPEC-DISAGREE' // table and XState chose differently
  | 'SPEC-GUARD-WRITES' // a guard or a fact wrote to the world
  | 'SPEC-VERSION' // nothing is defined at this version
  | 'SPEC-ARITHMETIC' // an operation that would panic where no branch foresaw it
  | 'SPEC-ORIGIN' // the caller of an unsigned origin was asked for
