import { accept, machine, must } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import { ExtrinsicSuccess } from './events.js'
import { Now, SystemNumber } from './items.js'
import { weight } from './weight.js'

type Initialize = Stage<{ readonly number: number }, undefined>
type Time = Stage<{ readonly millis: bigint }, undefined>

/** What setting the time weighs; it is mandatory and free. @source runtime 144, `ExtrinsicSuccess` of the timestamp inherent */
const TIMESTAMP_INFO = { weight: weight(274_737_000, 1_493), class: { type: 'Mandatory' }, paysFee: { type: 'Yes' } } as const

/**
 * A block, as far as it touches the modelled pallets: hooks in the order of `construct_runtime!`, the timestamp inherent
 * between the hooks of its beginning and the first extrinsic.
 * @source frame/executive/src/lib.rs `initialize_block`, `finalize_block` @polkadot-v0.9.42
 */
export const block = machine({
  id: 'block',
  pallet: 'System',
  says: 'what happens at the edges of a block',
  state: () => 'always' as const,
  states: {
    always: {
      '@initialize': [accept('BLK-INIT-1', { do: ['setNumber', must('@agenda', 'scheduler'), must('@initialize', 'session')] })],
      '@timestamp': [accept('BLK-TIME-1', { do: ['setTime', 'emitTimestampSet'] })],
      '@finalize': [accept('BLK-FINAL-1', { do: [must('@onFinalize', 'fees'), must('@finalize', 'bridge')] })],
    },
  },
  guards: {},
  effects: {
    setNumber: (s: Initialize) => s.w.set(SystemNumber, s.args.number),
    setTime: (s: Time) => s.w.set(Now, s.args.millis),
    emitTimestampSet: (s: Time) => s.emit(ExtrinsicSuccess, { dispatchInfo: TIMESTAMP_INFO }),
  },
  routes: {
    fees: () => [{ machine: 'extrinsic', key: undefined }],
    bridge: () => [{ machine: 'bridge', key: undefined }],
    session: () => [{ machine: 'session', key: undefined }],
    scheduler: () => [{ machine: 'scheduler', key: undefined }],
  },
})
