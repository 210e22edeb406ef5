import { accept, machine, must } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import { pick, type SpecVersion } from '../../kernel/version.js'
import { ExtrinsicSuccess } from './events.js'
import { Now, SystemNumber } from './items.js'
import { weight, type DispatchInfo } from './weight.js'

type Initialize = Stage<{ readonly number: number }, undefined>
type Time = Stage<{ readonly millis: bigint }, undefined>

const setsTime = (refTime: number, proofSize: number): DispatchInfo => ({
  weight: weight(refTime, proofSize),
  class: { type: 'Mandatory' },
  paysFee: { type: 'Yes' },
})
/** What setting the time weighs; it is mandatory and free. @source runtimes 123 and 144, `ExtrinsicSuccess` of the timestamp inherent */
const timestampInfos: readonly (readonly [SpecVersion, DispatchInfo])[] = [
  [0, setsTime(260_558_000, 0)],
  [144, setsTime(274_737_000, 1_493)],
]

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
      '@finalize': [
        accept('BLK-FINAL-1', { do: [must('@finalize', 'session'), must('@onFinalize', 'fees'), must('@finalize', 'bridge')] }),
      ],
    },
  },
  guards: {},
  effects: {
    setNumber: (s: Initialize) => s.w.set(SystemNumber, s.args.number),
    setTime: (s: Time) => s.w.set(Now, s.args.millis),
    emitTimestampSet: (s: Time) => s.emit(ExtrinsicSuccess, { dispatchInfo: pick(s.w.version, timestampInfos) }),
  },
  routes: {
    fees: () => [{ machine: 'extrinsic', key: undefined }],
    bridge: () => [{ machine: 'bridge', key: undefined }],
    session: () => [{ machine: 'session', key: undefined }],
    scheduler: () => [{ machine: 'scheduler', key: undefined }],
  },
})
