import { spawn, type ChildProcess } from 'node:child_process'

/** The implementation answered with something that no protocol allows, or not at all. */
export class StdioError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StdioError'
  }
}

/** No answer comes near; a line without an end would fill the memory. */
const longestLine = 16 << 20
/** Of what the implementation writes to standard error, the end is kept for messages. */
const tailLength = 2000
/** How long it may take to end by itself once nothing more is asked. */
const goodbyeMs = 1000

interface Waiting {
  readonly resolve: (line: string) => void
  readonly reject: (error: StdioError) => void
}

/** A process that is written a line and answers a line. */
export class LineProcess {
  private readonly child: ChildProcess
  private readonly ended: Promise<void>
  private readonly chunks: string[] = []
  private length = 0
  private tail = ''
  private waiting: Waiting | undefined
  private failure: StdioError | undefined

  /** @param words program and arguments */
  constructor(words: readonly string[]) {
    const [program = '', ...args] = words
    this.child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    const { stdin, stdout, stderr } = this.child
    stdout!.setEncoding('utf8')
    stderr!.setEncoding('utf8')
    stdout!.on('data', (text: string) => this.read(text))
    stderr!.on('data', (text: string) => (this.tail = (this.tail + text).slice(-tailLength)))
    // It is told when the process ends, and with what.
    stdin!.on('error', () => undefined)
    this.child.on('error', (cause) =>
      this.fail(new StdioError(`${program} cannot be run (${(cause as NodeJS.ErrnoException).code ?? cause.message})`, { cause })),
    )
    this.ended = new Promise((resolve) => {
      // After the last of its output, unlike `exit`.
      this.child.on('close', (code, signal) => {
        this.fail(new StdioError(`the implementation ended (${signal ?? `exit code ${code ?? '?'}`})${this.lastWords()}`))
        resolve()
      })
    })
  }

  /** True when nothing more can be asked. */
  get isOver(): boolean {
    return this.failure !== undefined
  }

  /**
   * Writes a line and waits for the next one.
   * @throws StdioError when the process ends, says too much, or nothing within the time; it is of no use afterwards
   */
  async ask(line: string, timeoutMs: number): Promise<string> {
    if (this.failure !== undefined) throw this.failure
    const answer = new Promise<string>((resolve, reject) => (this.waiting = { resolve, reject }))
    const timer = setTimeout(() => this.fail(new StdioError(`no answer within ${timeoutMs / 1000} s${this.lastWords()}`)), timeoutMs)
    this.child.stdin!.write(`${line}\n`)
    try {
      return await answer
    } finally {
      clearTimeout(timer)
    }
  }

  private read(text: string): void {
    this.length += text.length
    const at = text.indexOf('\n')
    if (at < 0) {
      this.chunks.push(text)
      if (this.length > longestLine) this.fail(new StdioError(`a line of more than ${longestLine >> 20} MiB`))
      return
    }
    const line = this.chunks.join('') + text.slice(0, at)
    this.chunks.length = this.length = 0
    const { waiting } = this
    if (waiting === undefined)
      return this.fail(new StdioError(`wrote without being asked: ${line.slice(0, 200)}; logs belong on standard error`))
    this.waiting = undefined
    waiting.resolve(line)
    if (at + 1 < text.length) this.read(text.slice(at + 1))
  }

  private fail(error: StdioError): void {
    if (this.failure !== undefined) return
    this.failure = error
    this.waiting?.reject(error)
    this.waiting = undefined
    this.child.kill('SIGKILL')
  }

  private lastWords(): string {
    const words = this.tail.trim()
    return words === '' ? '' : `; it had written to standard error: ${words.slice(-600)}`
  }

  /** Lets the process end by itself, and ends it if it does not. */
  async close(): Promise<void> {
    this.failure ??= new StdioError('closed')
    this.child.stdin!.end()
    const timer = setTimeout(() => this.child.kill('SIGKILL'), goodbyeMs)
    if (this.child.pid !== undefined) await this.ended
    clearTimeout(timer)
  }
}
