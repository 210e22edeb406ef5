import { fromCall, runtimeCall } from '../../spec/pallets/system/runtime-call.js'
import { genesisTimeMs } from '../../spec/versions/genesis.js'
import { encodeToString } from '../codec/compile.js'
import { plainStep, type Fixture, type FixtureStep } from '../fixtures/fixture.js'
import type { Bytes } from '../../spec/kernel/shape.js'
import { genesisStorage } from './genesis-storage.js'

const hex = (bytes: Bytes): string => Buffer.from(bytes, 'latin1').toString('hex')
/** Events of the envelope, which a bare dispatch does not have. */
const envelope = /^(System|TransactionPayment)\./

/**
 * A case as a test for TFChain's runtime crate: the genesis as storage, blocks through the runtime's `Executive`, each call
 * dispatched as its signer, the outcome and the names of the events held against what the runtime answered when the case was
 * recorded. Calls are bytes, so that no type of the pallets has to be spelled; above each stands what it is. Fees are not taken.
 */
export function rustOf({ info, genesis, steps }: Fixture): string {
  const name = (info.rule ?? `case_${info.case}`).toLowerCase().replace(/[^a-z0-9]+/g, '_')
  const entries = genesisStorage(genesis, info.specVersion).map(([key, value]) => `\t\t(&hex!("${hex(key)}"), &hex!("${hex(value)}")),`)
  let number = 1
  let timeMs = genesisTimeMs + 6000
  const body = steps.map((one) => {
    if (one.step.type === 'call') return dispatchText(one)
    number += one.step.blocks
    timeMs += one.step.seconds * 1000
    return `\t\t// step ${one.step.id}: ${one.step.blocks} blocks, ${one.step.seconds} s\n\t\tend_block();\n\t\tbegin_block(${number}, ${timeMs});`
  })
  return `//! ${info.rule ?? ''}: ${info.what.replace(/\s+/g, ' ')}
//!
//! Exported by ${info.tool} from a case that was recorded on spec_version ${info.specVersion}. Put it into \`substrate-node/runtime/tests/\`, with
//! \`hex-literal\` and \`sp-io\` among the runtime's dev-dependencies, and run \`cargo test -p tfchain-runtime\`.
use frame_support::storage::with_storage_layer;
use hex_literal::hex;
use parity_scale_codec::{Decode, Encode};
use sp_consensus_aura::AURA_ENGINE_ID;
use sp_core::H256;
use sp_runtime::traits::{Dispatchable, Header as _};
use sp_runtime::{AccountId32, Digest, DigestItem, DispatchError, Storage};
use tfchain_runtime::{Executive, Header, Runtime, RuntimeCall, RuntimeOrigin, System, UncheckedExtrinsic};

/// Begins a block as its author would: Aura's slot in the digest, the timestamp as its first extrinsic.
fn begin_block(number: u32, millis: u64) {
	let slot = DigestItem::PreRuntime(AURA_ENGINE_ID, (millis / 6000).encode());
	let (root, parent) = (H256::default(), H256::repeat_byte(0x45));
	Executive::initialize_block(&Header::new(number, root, root, parent, Digest { logs: vec![slot] }));
	let now = RuntimeCall::Timestamp(pallet_timestamp::Call::<Runtime>::set { now: millis });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_unsigned(now)).expect("valid").expect("the time is set");
}

/// Runs the hooks at the block's end.
fn end_block() {
	Executive::finalize_block();
}

/// Dispatches a call and compares the outcome: \`Ok\`, or pallet and error as the metadata numbers them; without a record it is
/// only carried out.
fn dispatch(who: [u8; 32], call: &[u8], expected: Option<Result<(), (u8, u8)>>, events: &[&str]) {
	let before = System::events().len();
	let call = RuntimeCall::decode(&mut &call[..]).expect("the call decodes");
	let outcome = with_storage_layer(|| {
		call.dispatch(RuntimeOrigin::signed(AccountId32::new(who))).map(|_| ()).map_err(|e| e.error)
	});
	let Some(expected) = expected else { return };
	let outcome = match outcome {
		Ok(()) => Ok(()),
		Err(DispatchError::Module(m)) => Err((m.index, m.error[0])),
		Err(other) => panic!("{other:?}"),
	};
	assert_eq!(outcome, expected);
	let told: Vec<String> = System::events()[before..].iter().map(|r| format!("{:?}", r.event)).collect();
	for event in events {
		assert!(told.iter().any(|t| t.contains(event)), "no event {event} among {told:#?}");
	}
}

#[test]
fn ${name}() {
	let top: &[(&[u8], &[u8])] = &[
${entries.join('\n')}
	];
	let top = top.iter().map(|(key, value)| (key.to_vec(), value.to_vec())).collect();
	sp_io::TestExternalities::new(Storage { top, ..Default::default() }).execute_with(|| {
		begin_block(1, ${genesisTimeMs + 6000});
${body.join('\n')}
		end_block();
	});
}
`
}

function dispatchText({ step, expect }: FixtureStep): string {
  if (step.type !== 'call') return ''
  const plain = plainStep({ ...step, refs: [] })
  const shown = 'call' in plain ? `${plain.call} by ${plain.who}: ${JSON.stringify(plain.args)}` : ''
  const bytes = encodeToString(runtimeCall, fromCall({ type: step.call, args: step.args }))
  const outcome = expect?.outcome
  const note = `\t\t// step ${step.id}: ${shown.length > 300 ? `${shown.slice(0, 300)}…` : shown}`
  if (outcome !== undefined && (outcome.type === 'invalid' || outcome.type === 'panic'))
    return `${note}\n\t\t// is ${outcome.type === 'panic' ? `a panic (${outcome.message})` : `refused before dispatch (${outcome.reason})`}: left out`
  const failed = expect?.events.find(({ event }) => event === 'System.ExtrinsicFailed')?.value as FailedValue | undefined
  const error = failed?.dispatchError
  if (error !== undefined && error.type !== 'Module') return `${note}\n\t\t// is refused with ${error.type}: left out`
  const module = error?.value
  const told = module === undefined ? 'Ok(())' : `Err((${module.index}, 0x${module.error.slice(2, 4)}))`
  const expected = expect === undefined ? 'None' : `Some(${told})`
  const events = [
    ...new Set((expect?.events ?? []).map(({ event }) => event).filter((e) => !envelope.test(e) && !e.startsWith('Balances.'))),
  ]
  const names = events.map((event) => `"${event.slice(event.indexOf('.') + 1)}"`)
  return `${note}\n\t\tdispatch(hex!("${hex(step.who)}"), &hex!("${hex(bytes)}"), ${expected}, &[${names.join(', ')}]);`
}

interface FailedValue {
  readonly dispatchError: { readonly type: string; readonly value?: { readonly index: number; readonly error: string } }
}
