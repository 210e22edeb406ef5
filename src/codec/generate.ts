import type { ShapeDef } from '../../spec/kernel/shape.js'
import type { Reader, Writer } from './stream.js'

/** A shape's pair of functions. */
export interface Codec<T> {
  /** Reads one value at the reader's position. Look at `reader.at` afterwards: beyond the end means too few bytes. */
  readonly decodeFrom: (reader: Reader) => T
  readonly encodeTo: (value: T, writer: Writer) => void
}

/** Shapes that get a function of their own; the others are expressions. */
type Composite = Extract<ShapeDef, { kind: 'struct' | 'vec' | 'array' | 'enum' }>

/** An enum with at least so many variants (a pallet's calls, the runtime's events) is a unit of its own, shared by all that hold it. */
const ownUnit = 16

const isOwnUnit = (shape: ShapeDef): boolean => shape.kind === 'ref' || (shape.kind === 'enum' && shape.variants.length >= ownUnit)

/**
 * The JavaScript source of a codec: straight-line code per struct, one switch per enum. Some 200 times faster to run
 * than walking the shape, and a few milliseconds to make for a whole runtime.
 */
class Source {
  private readonly lines: string[] = []
  private readonly decoders = new Map<ShapeDef, string>()
  private readonly encoders = new Map<ShapeDef, string>()
  readonly others: ShapeDef[] = []
  private readonly root: ShapeDef

  constructor(root: ShapeDef) {
    this.root = root
  }

  text(): string {
    const decode = this.decode(this.root)
    const encode = this.encode(this.root, 'v')
    return `'use strict';${this.lines.join('\n')}\nreturn {decodeFrom:r=>${decode},encodeTo:(v,w)=>{${encode}}}`
  }

  /** An expression that reads the shape from `r`. */
  private decode(shape: ShapeDef): string {
    if (shape !== this.root && isOwnUnit(shape)) return `${this.other(shape)}.decodeFrom(r)`
    switch (shape.kind) {
      case 'bytes':
        return 'r.string()'
      case 'account':
        return 'r.fixed(32)'
      case 'fixed':
        return `r.fixed(${shape.length})`
      case 'compact':
        return shape.big ? 'r.bigCompact()' : 'r.compact()'
      case 'unit':
        return 'undefined'
      case 'option':
        return `(r.bool()?${this.decode(shape.of)}:undefined)`
      case 'tuple':
        return `[${shape.of.map((of) => this.decode(of)).join(',')}]`
      case 'struct':
      case 'vec':
      case 'array':
      case 'enum':
        return `${this.decoder(shape)}(r)`
      case 'ref':
        return `${this.other(shape)}.decodeFrom(r)`
      default:
        return `r.${shape.kind}()`
    }
  }

  private decoder(shape: Composite): string {
    const known = this.decoders.get(shape)
    if (known !== undefined) return known
    const name = `d${this.decoders.size}`
    this.decoders.set(shape, name)
    this.lines.push(`function ${name}(r){${this.decoderBody(shape, name)}}`)
    return name
  }

  private decoderBody(shape: Composite, name: string): string {
    switch (shape.kind) {
      case 'struct':
        return `return {${shape.fields.map(([field, of]) => `${JSON.stringify(field)}:${this.decode(of)}`).join(',')}}`
      case 'vec':
        return `const n=r.count(${smallest(shape.of)}),a=[];for(let i=0;i<n;i++)a.push(${this.decode(shape.of)});return a`
      case 'array':
        return `const a=[];for(let i=0;i<${shape.length};i++)a.push(${this.decode(shape.of)});return a`
      case 'enum': {
        const cases = shape.variants.map(([variant, index, of]) => {
          if (of.kind !== 'unit') return `case ${index}:return {type:${JSON.stringify(variant)},value:${this.decode(of)}}`
          // Unit variants have no content to differ in: one frozen object each.
          this.lines.push(`const ${name}u${index}=Object.freeze({type:${JSON.stringify(variant)},value:undefined})`)
          return `case ${index}:return ${name}u${index}`
        })
        return `const i=r.u8();switch(i){${cases.join(';')}}return r.noVariant(i)`
      }
    }
  }

  /** Statements that write the value of the expression `v` to `w`. */
  private encode(shape: ShapeDef, v: string): string {
    if (shape !== this.root && isOwnUnit(shape)) return `${this.other(shape)}.encodeTo(${v},w)`
    switch (shape.kind) {
      case 'bytes':
        return `w.string(${v})`
      case 'account':
        return `w.fixed(${v},32)`
      case 'fixed':
        return `w.fixed(${v},${shape.length})`
      case 'compact':
        return shape.big ? `w.bigCompact(${v})` : `w.compact(${v})`
      case 'unit':
        return ''
      case 'option':
        return `if(${v}===undefined)w.u8(0);else{w.u8(1);${this.encode(shape.of, v)}}`
      case 'tuple':
        return `if(${v}.length!==${shape.of.length})w.wrongLength(${shape.of.length},${v}.length);${shape.of.map((of, i) => this.encode(of, `${v}[${i}]`)).join(';')}`
      case 'struct':
      case 'vec':
      case 'array':
      case 'enum':
        return `${this.encoder(shape)}(${v},w)`
      case 'ref':
        return `${this.other(shape)}.encodeTo(${v},w)`
      default:
        return `w.${shape.kind}(${v})`
    }
  }

  private encoder(shape: Composite): string {
    const known = this.encoders.get(shape)
    if (known !== undefined) return known
    const name = `e${this.encoders.size}`
    this.encoders.set(shape, name)
    this.lines.push(`function ${name}(v,w){${this.encoderBody(shape)}}`)
    return name
  }

  private encoderBody(shape: Composite): string {
    switch (shape.kind) {
      case 'struct':
        return shape.fields.map(([field, of]) => this.encode(of, `v[${JSON.stringify(field)}]`)).join(';')
      case 'vec':
        return `const n=v.length;w.compact(n);for(let i=0;i<n;i++){${this.encode(shape.of, 'v[i]')}}`
      case 'array':
        return `if(v.length!==${shape.length})w.wrongLength(${shape.length},v.length);for(let i=0;i<${shape.length};i++){${this.encode(shape.of, 'v[i]')}}`
      case 'enum': {
        const cases = shape.variants.map(
          ([variant, index, of]) => `case ${JSON.stringify(variant)}:w.u8(${index});${this.encode(of, 'x')};return`,
        )
        return `const x=v.value;switch(v.type){${cases.join(';')}}w.noVariant(v.type)`
      }
    }
  }

  private other(shape: ShapeDef): string {
    let index = this.others.indexOf(shape)
    if (index < 0) index = this.others.push(shape) - 1
    return `other(${index})`
  }
}

/** The fewest bytes a value can take; 0 for a shape that contains itself, which is small enough a bound. */
function smallest(shape: ShapeDef): number {
  switch (shape.kind) {
    case 'u8':
    case 'bool':
    case 'bytes':
    case 'compact':
    case 'option':
    case 'vec':
    case 'enum':
      return 1
    case 'u16':
      return 2
    case 'u32':
    case 'i32':
      return 4
    case 'u64':
    case 'i64':
      return 8
    case 'u128':
      return 16
    case 'account':
      return 32
    case 'fixed':
      return shape.length
    case 'array':
      return shape.length * smallest(shape.of)
    case 'tuple':
      return shape.of.reduce((sum, of) => sum + smallest(of), 0)
    case 'struct':
      return shape.fields.reduce((sum, [, of]) => sum + smallest(of), 0)
    case 'unit':
    case 'ref':
      return 0
  }
}

/** Makes the two functions of a shape. `codecOf` finds those of other units; it is asked late, when a value needs them. */
export function generate(root: ShapeDef, codecOf: (shape: ShapeDef) => Codec<unknown>): Codec<unknown> {
  if (root.kind === 'ref') {
    return {
      decodeFrom: (reader) => codecOf(root.get()).decodeFrom(reader),
      encodeTo: (value, writer) => codecOf(root.get()).encodeTo(value, writer),
    }
  }
  const source = new Source(root)
  const text = source.text()
  const found: Codec<unknown>[] = []
  const other = (index: number): Codec<unknown> => (found[index] ??= codecOf(source.others[index]!))
  // The source is made of shapes alone: names go through JSON.stringify, everything else is ours.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make = new Function('other', text) as (other: (index: number) => Codec<unknown>) => Codec<unknown>
  return make(other)
}
