/** Origins as values, in an agenda or a call. @source substrate-node/runtime/src/lib.rs `OriginCaller`, frame/collective/src/lib.rs `RawOrigin` @439e6919 */
import { account, enumeration, tuple, u32, unit, type ValueOf } from '../../kernel/shape.js'
import type { Origin } from '../../kernel/stage.js'

export const OriginCaller = enumeration(
  {
    system: enumeration({ Root: unit, Signed: account, None: unit }),
    /** So many members of so many seats, or one who acts alone. */
    Council: enumeration({ Members: tuple(u32, u32), Member: account, _Phantom: unit }),
    Void: unit,
  },
  { Council: 40, Void: 2 },
)
export type OriginCaller = ValueOf<typeof OriginCaller>

/** The origin of `yes` members out of `seats`: `council` from three fifths on. @source frame/collective/src/lib.rs `EnsureProportionAtLeast` */
export const membersOrigin = (yes: number, seats: number): Origin => ({ type: yes * 5 >= seats * 3 ? 'council' : 'minority' })
/** One member alone is nobody to all other pallets. */
export const memberOrigin: Origin = { type: 'minority' }

export function originOf(caller: OriginCaller): Origin {
  if (caller.type === 'system') {
    const { type, value } = caller.value
    return type === 'Signed' ? { type: 'signed', who: value } : { type: type === 'Root' ? 'root' : 'none' }
  }
  if (caller.type === 'Council' && caller.value.type === 'Members') return membersOrigin(...caller.value.value)
  return memberOrigin
}
