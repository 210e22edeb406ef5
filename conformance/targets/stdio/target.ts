import { findItem } from '../../../spec/kernel/item.js'
import { Now, SystemNumber } from '../../../spec/pallets/system/items.js'
import { genesisNamed, type GenesisName } from '../../../spec/versions/genesis.js'
import type { Step } from '../../../model/step.js'
import { toPlain, type Plain } from '../../../src/codec/plain.js'
import { decodeAt } from '../../../src/fixtures/decode.js'
import { FixtureError } from '../../../src/fixtures/error.js'
import { plainStep } from '../../../src/fixtures/fixture.js'
import type { Expectation, PlainEntry } from '../../../src/fixtures/format.js'
import { firstBlock, plainKey } from '../../fixtures/observe.js'
import { LineProcess, StdioError } from './process.js'
import { answerTo, protocolVersion, type AnswerKind, type Declaration } from './protocol.js'

/** How long an implementation may think. */
export interface Patience {
  /** To start and to say what it is, ms. */
  readonly helloMs: number
  /** To answer anything else, ms. */
  readonly answerMs: number
}

/** A step that the implementation does not claim to know. */
export interface Unsupported {
  readonly unsupported: string
}

type Request = Readonly<Record<string, unknown>> & { readonly do: string }

/** An implementation of TFChain in whatever language, behind standard input and output. */
export class StdioTarget {
  private process: LineProcess | undefined
  private id = 0
  private number = 0
  private timeMs = 0n
  private declared: Declaration | undefined
  private readonly words: readonly string[]
  private readonly tool: string
  private readonly version: number
  private readonly patience: Patience

  /** @param words program and arguments  @param tool our name, for the implementation's log  @param version that is spoken about */
  constructor(words: readonly string[], tool: string, version: number, patience: Patience) {
    this.words = words
    this.tool = tool
    this.version = version
    this.patience = patience
  }

  /**
   * Starts the implementation and asks what it is.
   * @throws StdioError
   */
  async hello(): Promise<Declaration> {
    const answer = await this.ask({ do: 'hello', protocol: protocolVersion, tool: this.tool, specVersion: this.version }, 'declaration')
    if (!('answer' in answer)) throw new StdioError(`hello was not answered but ${JSON.stringify(answer)}`)
    this.declared = answer.answer as Declaration
    return this.declared
  }

  /** To a genesis, with block 1 open. A process that ended is started anew. @throws StdioError */
  async reset(genesis: GenesisName): Promise<void> {
    if (this.process === undefined || this.process.isOver) await this.hello()
    const entries = genesisEntries(genesis, this.version)
    this.number = firstBlock.blocks
    this.timeMs = entries.timeMs + BigInt(firstBlock.seconds) * 1000n
    const storage = entries.storage.filter(({ item }) => this.declared!.items.includes(item))
    const answer = await this.ask({ do: 'reset', genesis, number: this.number, timeMs: this.timeMs.toString(), storage }, 'done')
    if (!('answer' in answer)) throw new StdioError(`reset was not answered but ${JSON.stringify(answer)}`)
  }

  /** @param step with concrete ids  @throws StdioError */
  async step(step: Step): Promise<Expectation | Unsupported> {
    let request: Request
    if (step.type === 'advance') {
      const { blocks, seconds } = step
      this.number += blocks
      this.timeMs += BigInt(seconds) * 1000n
      request = { do: 'advance', blocks, seconds, number: this.number, timeMs: this.timeMs.toString() }
    } else {
      const plain = plainStep({ ...step, refs: [] })
      if (!('call' in plain)) throw new TypeError('a call is no advance')
      request = { do: 'call', call: plain.call, who: plain.who, args: plain.args }
    }
    const answer = await this.ask(request, 'effect')
    return 'unsupported' in answer ? { unsupported: answer.unsupported } : (answer.answer as Expectation)
  }

  private async ask(request: Request, kind: AnswerKind) {
    if (this.process === undefined || this.process.isOver) this.process = new LineProcess(this.words)
    const id = ++this.id
    const timeout = kind === 'declaration' ? this.patience.helloMs : this.patience.answerMs
    try {
      const answer = read(await this.process.ask(JSON.stringify({ id, ...request }), timeout), kind)
      if (answer.id !== id) throw new StdioError(`the answer to ${answer.id} came where ${id} was asked`)
      if ('error' in answer) throw new StdioError(`the implementation failed: ${answer.error.slice(0, 600)}`)
      return answer
    } catch (error) {
      // What it still has to say must not be taken for the answer to something else.
      await this.process.close()
      throw error
    }
  }

  async close(): Promise<void> {
    await this.process?.close()
  }
}

function read(line: string, kind: AnswerKind) {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new StdioError(`answered with something that is no JSON: ${line.slice(0, 200)}; logs belong on standard error`, { cause })
  }
  try {
    return decodeAt(answerTo(kind), value)
  } catch (cause) {
    if (!(cause instanceof FixtureError)) throw cause
    throw new StdioError(`answered wrongly: ${cause.path === '' ? '' : `${cause.path}: `}${cause.problem}. ${cause.fix}`, { cause })
  }
}

/** A genesis in plain form, and its time. */
function genesisEntries(name: GenesisName, version: number): { readonly timeMs: bigint; readonly storage: readonly PlainEntry[] } {
  let timeMs = 0n
  const storage = genesisNamed(name, version).flatMap(({ pallet, item: itemName, args, value }): PlainEntry[] => {
    const item = findItem(pallet, itemName)
    if (item === undefined || item === (SystemNumber as unknown)) return []
    if (item === (Now as unknown)) timeMs = value as bigint
    const plain: Plain = toPlain<unknown>(item.valueAt(version), value)
    return [{ item: `${pallet}.${itemName}`, key: plainKey(item.keys, args), value: plain }]
  })
  return { timeMs, storage }
}
