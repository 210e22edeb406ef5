import type { ShapeDef } from '../../../spec/kernel/shape.js'
import type { Field, PortableType, Variant } from './metadata-v14.js'

/** `contract_id` → `contractId`. */
export const camelCase = (name: string): string =>
  name.replace(/^_+/, '').replace(/_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase())

const leaves: Readonly<Record<string, ShapeDef>> = {
  bool: { kind: 'bool' },
  str: { kind: 'bytes' },
  u8: { kind: 'u8' },
  u16: { kind: 'u16' },
  u32: { kind: 'u32' },
  u64: { kind: 'u64' },
  u128: { kind: 'u128' },
  i32: { kind: 'i32' },
  i64: { kind: 'i64' },
}
const unit: ShapeDef = { kind: 'unit' }
const bytes: ShapeDef = { kind: 'bytes' }
const account: ShapeDef = { kind: 'account' }

/**
 * Shapes of the metadata's types: the same object for the same type.
 *
 * Structs of one unnamed field are that field (BoundedVec, H256, Perbill, a pallet's own newtypes), fields without bytes
 * (PhantomData) are dropped, byte vectors and arrays are byte strings, an AccountId32 is an account. A type that contains
 * itself (a call that takes calls) does so through a `ref`.
 */
export class Shapes {
  private readonly done: (ShapeDef | undefined)[] = []
  private readonly begun = new Set<number>()
  private readonly types: readonly PortableType[]

  constructor(types: readonly PortableType[]) {
    this.types = types
  }

  of(id: number): ShapeDef {
    const done = this.done[id]
    if (done !== undefined) return done
    if (this.begun.has(id)) return { kind: 'ref', get: () => this.done[id]! }
    this.begun.add(id)
    const shape = this.build(id)
    this.begun.delete(id)
    return (this.done[id] = shape)
  }

  /** A type's definition; what `of` builds from. */
  type(id: number): PortableType {
    const type = this.types[id]
    if (type === undefined) throw new Error(`the metadata has no type ${id}`)
    return type
  }

  variants(id: number | undefined): readonly Variant[] {
    if (id === undefined) return []
    const { def } = this.type(id)
    if (def.kind !== 'variant') throw new Error(`type ${id} of the metadata is no enum`)
    return def.variants
  }

  /** Fields without names: the field itself for one, a tuple for several. With names: a struct. */
  fields(fields: readonly Field[]): ShapeDef {
    const shapes = fields.map(({ name, type }) => ({ name, shape: this.of(type) })).filter(({ shape }) => shape.kind !== 'unit')
    const [first] = shapes
    if (first === undefined) return unit
    if (first.name !== undefined) return { kind: 'struct', fields: shapes.map(({ name, shape }) => [camelCase(name!), shape] as const) }
    return shapes.length === 1 ? first.shape : { kind: 'tuple', of: shapes.map(({ shape }) => shape) }
  }

  private build(id: number): ShapeDef {
    const { def, path, params } = this.type(id)
    switch (def.kind) {
      case 'primitive':
        return leaves[def.name] ?? this.unsupported(id, def.name)
      case 'composite':
        return path.at(-1) === 'AccountId32' ? account : this.fields(def.fields)
      case 'sequence':
        return this.isByte(def.of) ? bytes : { kind: 'vec', of: this.of(def.of) }
      case 'array':
        return this.isByte(def.of) ? { kind: 'fixed', length: def.length } : { kind: 'array', length: def.length, of: this.of(def.of) }
      case 'tuple':
        return def.of.length === 0 ? unit : { kind: 'tuple', of: def.of.map((of) => this.of(of)) }
      case 'compact':
        return this.compact(id, this.of(def.of))
      case 'variant':
        if (path.length === 1 && path[0] === 'Option') return this.option(id, this.of(params[0]!.type!))
        return {
          kind: 'enum',
          // Calls have one name everywhere, also inside a batch or a motion.
          variants: def.variants.map(
            ({ name, index, fields }) => [path.at(-1) === 'Call' ? camelCase(name) : name, index, this.fields(fields)] as const,
          ),
        }
      case 'bits':
        return this.unsupported(id, 'a bit vector')
    }
  }

  private compact(id: number, inner: ShapeDef): ShapeDef {
    switch (inner.kind) {
      case 'u8':
      case 'u16':
      case 'u32':
        return { kind: 'compact', big: false }
      case 'u64':
      case 'u128':
        return { kind: 'compact', big: true }
      case 'unit':
        return unit
      default:
        return this.unsupported(id, `a compact ${inner.kind}`)
    }
  }

  private option(id: number, inner: ShapeDef): ShapeDef {
    // Memory form: none is `undefined`, so that what is inside must never be.
    return inner.kind === 'option' || inner.kind === 'unit'
      ? this.unsupported(id, `an option of ${inner.kind}`)
      : { kind: 'option', of: inner }
  }

  private isByte(id: number): boolean {
    const { def } = this.type(id)
    return def.kind === 'primitive' && def.name === 'u8'
  }

  private unsupported(id: number, what: string): never {
    throw new Error(`type ${id} of the metadata (${this.type(id).path.join('::')}) is ${what}, for which spec/kernel/shape.ts has no shape`)
  }
}
