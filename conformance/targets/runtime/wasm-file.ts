import { decompress } from 'fzstd'

/** What can be wrong with a file that should hold a runtime. */
export type RuntimeFileCode =
  | 'RUNTIME-UNREADABLE' // the file cannot be opened
  | 'RUNTIME-NOT-WASM' // neither wasm nor anything that holds one
  | 'RUNTIME-TRUNCATED' // compressed, and its end is missing
  | 'RUNTIME-NOT-SUBSTRATE' // wasm, but without a runtime's entry points
  | 'RUNTIME-AMBIGUOUS' // several registered runtimes have this version
  | 'RUNTIME-NONE' // nothing registered
  | 'RUNTIME-UNKNOWN' // something is registered, but not this
  | 'RUNTIME-NOT-ALLOWED' // an endpoint elsewhere, without leave
  | 'RUNTIME-ENDPOINT' // the endpoint is unreachable, silent or answers nonsense

/** Bad input from outside, with its place and what to do about it. */
export class RuntimeFileError extends Error {
  readonly code: RuntimeFileCode
  /** The file or endpoint. */
  readonly place: string
  /** What the user can do. */
  readonly fix: string
  constructor(code: RuntimeFileCode, place: string, problem: string, fix: string, options?: ErrorOptions) {
    super(`${place}: ${problem}. ${fix}`, options)
    this.name = 'RuntimeFileError'
    this.code = code
    this.place = place
    this.fix = fix
  }
}

/** What precedes a compressed runtime; a zstd frame follows. @source Substrate `sp_maybe_compressed_blob` */
const compressedMagic = Buffer.from('52bc537646db8e05', 'hex')
const wasmMagic = Buffer.from('0061736d01000000', 'hex')
const zstdMagic = Buffer.from('28b52ffd', 'hex')

const startsWith = (bytes: Uint8Array, magic: Buffer): boolean => magic.equals(bytes.subarray(0, magic.length))

/**
 * Plain wasm out of plain or compressed wasm.
 * @throws RuntimeFileError RUNTIME-NOT-WASM, RUNTIME-TRUNCATED
 */
export function plainWasm(code: Uint8Array, place: string): Uint8Array {
  if (startsWith(code, wasmMagic)) return code
  const frame = startsWith(code, compressedMagic) ? code.subarray(compressedMagic.length) : startsWith(code, zstdMagic) ? code : undefined
  if (frame === undefined) {
    const problem =
      code.length === 0 ? 'the file is empty' : `not wasm (it begins with ${Buffer.from(code.subarray(0, 8)).toString('hex')})`
    throw new RuntimeFileError(
      'RUNTIME-NOT-WASM',
      place,
      problem,
      'Give a runtime (.wasm, plain or compressed) or a chain spec (.json) that holds one',
    )
  }
  let plain: Uint8Array
  try {
    plain = decompress(frame)
  } catch (cause) {
    throw new RuntimeFileError(
      'RUNTIME-TRUNCATED',
      place,
      `compressed, but the zstd frame is damaged or cut off (${(cause as Error).message})`,
      'Fetch the file again',
      { cause },
    )
  }
  if (!startsWith(plain, wasmMagic)) {
    throw new RuntimeFileError('RUNTIME-NOT-WASM', place, 'what was compressed is no wasm', 'Give a compressed runtime')
  }
  return plain
}

/** What the executor must know about a module before it is instantiated. All addresses are bytes of linear memory. */
export interface WasmLayout {
  /** Pages of 64 KiB the module asks for; `undefined` when it brings its own memory. */
  readonly importedPages: number | undefined
  /** Read-only data: literals, to which pointers stay valid for ever. */
  readonly rodata: readonly [start: number, end: number]
  /** Where `.data` begins; from here to `__heap_base` lies what a call may change (`.data`, then `.bss`, which has no segment). */
  readonly dataStart: number
  /** That region as it is before any call. */
  readonly data: Uint8Array
  /** The global `__heap_base`: where the module's own memory ends. */
  readonly heapBase: number
}

/** Reads a wasm binary, as far as the layout needs it. */
class Sections {
  private at = 8
  private readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** LEB128, unsigned or of a sign that does not matter below 2^31. */
  leb(): number {
    let result = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte()
      result |= (byte & 0x7f) << shift
      if ((byte & 0x80) === 0) return result >>> 0
    }
  }
  byte(): number {
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw new Error('a section is cut off')
    return byte
  }
  take(length: number): Uint8Array {
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  /** Calls `read` at the start of each section. */
  each(read: (id: number) => void): void {
    while (this.at < this.bytes.length) {
      const id = this.byte()
      const length = this.leb()
      const end = this.at + length
      if (end > this.bytes.length) throw new Error('a section is cut off')
      read(id)
      this.at = end
    }
  }

  /** Limits of a memory or table; its minimum. */
  limits(): number {
    const flags = this.byte()
    const minimum = this.leb()
    if ((flags & 1) !== 0) this.leb()
    return minimum
  }
}

/**
 * Reads imports and data segments. Rust's linker writes one segment for `.rodata` first, then `.data`.
 * @throws RuntimeFileError RUNTIME-TRUNCATED, RUNTIME-NOT-SUBSTRATE
 */
export function layoutOf(wasm: Uint8Array, place: string): WasmLayout {
  const sections = new Sections(wasm)
  let importedPages: number | undefined
  let importedGlobals = 0
  const globals: number[] = []
  let heapBaseGlobal: number | undefined
  const segments: { readonly start: number; readonly bytes: Uint8Array }[] = []
  const readImports = (): void => {
    for (let left = sections.leb(); left > 0; left--) {
      sections.take(sections.leb())
      sections.take(sections.leb())
      switch (sections.byte()) {
        case 0: // function
          sections.leb()
          break
        case 1: // table
          sections.byte()
          sections.limits()
          break
        case 2: // memory
          importedPages = sections.limits()
          break
        default: // global
          sections.take(2)
          importedGlobals++
      }
    }
  }
  const readData = (): void => {
    for (let left = sections.leb(); left > 0; left--) {
      if (sections.leb() !== 0 || sections.byte() !== 0x41) throw new Error('a data segment has no constant address')
      const start = sections.leb()
      sections.byte() // end of the address
      segments.push({ start, bytes: sections.take(sections.leb()) })
    }
  }
  const readGlobals = (): void => {
    for (let left = sections.leb(); left > 0; left--) {
      sections.take(2)
      // Anything but a constant i32 ends the reading: Rust's linker puts its own three first.
      if (sections.byte() !== 0x41) return
      globals.push(sections.leb())
      sections.byte()
    }
  }
  const readExports = (): void => {
    for (let left = sections.leb(); left > 0; left--) {
      const name = Buffer.from(sections.take(sections.leb())).toString()
      const kind = sections.byte()
      const index = sections.leb()
      if (kind === 3 && name === '__heap_base') heapBaseGlobal = index
    }
  }
  try {
    sections.each((id) => {
      if (id === 2) readImports()
      if (id === 6) readGlobals()
      if (id === 7) readExports()
      if (id === 11) readData()
    })
  } catch (cause) {
    throw new RuntimeFileError('RUNTIME-TRUNCATED', place, `the wasm is damaged (${(cause as Error).message})`, 'Fetch the file again', {
      cause,
    })
  }
  const first = segments[0]
  const heapBase = heapBaseGlobal === undefined ? undefined : globals[heapBaseGlobal - importedGlobals]
  if (first === undefined || heapBase === undefined) {
    throw new RuntimeFileError(
      'RUNTIME-NOT-SUBSTRATE',
      place,
      'wasm, but no Substrate runtime: it has no data or no __heap_base',
      'Give the runtime of a Substrate chain',
    )
  }
  // With a single segment nobody can tell literals from variables: treat all of it as variable.
  const dataStart = segments.length > 1 ? first.start + first.bytes.length : first.start
  const data = new Uint8Array(heapBase - dataStart)
  for (const { start, bytes } of segments) if (start >= dataStart) data.set(bytes, start - dataStart)
  return { importedPages, rodata: [first.start, dataStart], dataStart, data, heapBase }
}
