/** Exit codes: the convention of the whole tool. */
export const exit = { conforms: 0, differs: 1, usage: 2, unusable: 3, interrupted: 130 } as const

/** An error that the command line answers with words and an exit code, without a stack. */
export class CliError extends Error {
  readonly exitCode: number
  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CliError'
    this.exitCode = exitCode
  }
}

export const usage = (message: string): CliError => new CliError(exit.usage, message)
export const unusable = (message: string, cause?: unknown): CliError => new CliError(exit.unusable, message, { cause })
