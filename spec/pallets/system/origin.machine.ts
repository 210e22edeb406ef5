import { accept, machine, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'

const isNot =
  (...types: readonly string[]) =>
  (s: Stage) =>
    !types.includes(s.origin.type)

/** Who may call at all: the first thing that a call checks. @source frame/system/src/lib.rs `ensure_signed`, `ensure_root`, runtime/src/lib.rs `EnsureRootOrCouncilApproval` @439e6919 */
export const originMachine = machine({
  id: 'origin',
  pallet: 'System',
  says: 'the origin that a call asks for; the event is named after it',
  state: () => 'always' as const,
  states: {
    always: {
      '@signed': [refuse('ORIGIN-1', 'isNotSigned', 'BadOrigin'), accept('ORIGIN-2')],
      '@restricted': [
        refuse('ORIGIN-3', 'isNeitherRootNorCouncil', 'BadOrigin', { says: 'Root, or at least three fifths of the council' }),
        accept('ORIGIN-4'),
      ],
      '@root': [refuse('ORIGIN-5', 'isNotRoot', 'BadOrigin'), accept('ORIGIN-6')],
      '@any': [refuse('ORIGIN-9', 'isNobody', 'BadOrigin'), accept('ORIGIN-10')],
      '@none': [refuse('ORIGIN-7', 'isSomebody', 'BadOrigin'), accept('ORIGIN-8')],
    },
  },
  guards: {
    isNotSigned: isNot('signed'),
    isNeitherRootNorCouncil: isNot('root', 'council'),
    isNotRoot: isNot('root'),
    isSomebody: isNot('none'),
    isNobody: (s: Stage) => s.origin.type === 'none',
  },
  effects: {},
})
