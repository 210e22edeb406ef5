import { findItem } from '../../spec/kernel/item.js'
import { fromCall, runtimeCall } from '../../spec/pallets/system/runtime-call.js'
import { genesisNamed, genesisTimeMs } from '../../spec/versions/genesis.js'
import { encodeToString } from '../codec/compile.js'
import { itemPrefix, storageKey } from '../codec/storage-key.js'
import { plainStep, type Fixture, type FixtureStep } from '../fixtures/fixture.js'
import type { Bytes } from '../../spec/kernel/shape.js'

const hex = (bytes: Bytes): string => Buffer.from(bytes, 'latin1').toString('hex')
/** Events of the envelope, which a bare dispatch does not have. */
const envelope = /^(System|TransactionPayment)\./

/**
 * A case as a test for TFChain's runtime crate: the genesis as storage, each call dispatched as its signer, the outcome and the
 * names of the events held against what the runtime answered when the case was recorded. Calls are bytes, so that no type of
 * the pallets has to be spelled; above each stands what it is. Fees are not taken.
 */
export function rustOf({ info, genesis, steps }: Fixture): string {
  const name = (info.rule ?? `case_${info.case}`).toLowerCase().replace(/[^a-z0-9]+/g, '_')
  const entries = genesisNamed(genesis, info.specVersion).flatMap(({ pallet, item: itemName, args, value }) => {
    const item = findItem(pallet, itemName)
    if (item === undefined) return []
    const key = storageKey(itemPrefix(pallet, itemName), item.keys, args)
    return [`\t\t(hex!("${hex(key)}").to_vec(), hex!("${hex(encodeToString<unknown>(item.valueAt(info.specVersion), value))}").to_vec()),`]
  })
  let number = 1
  let timeMs = genesisTimeMs + 6000
  const body = steps.map((one) => {
    if (one.step.type === 'call') return dispatchText(one)
    number += one.step.blocks
    timeMs += one.step.seconds * 1000
    return `\t\tgo_to(${number}, ${timeMs});`
  })
  return `//! ${info.rule ?? ''}: ${info.what.replace(/\s+/g, ' ')}
//!
//! Exported by ${info.tool} from a case that was recorded on spec_version ${info.specVersion}. Put it into \`substrate-node/runtime/tests/\`, with
//! \`hex-literal\`, \`sp-io\`, \`sp-core\` and \`sp-runtime\` among the runtime's dev-dependencies, and run \`cargo test -p tfchain-runtime\`.
use frame_support::{dispatch::Dispatchable, traits::{OnFinalize, OnInitialize}};
use hex_literal::hex;
use parity_scale_codec::Decode;
use sp_runtime::{DispatchError, Storage};
use tfchain_runtime::{AllPalletsWithSystem, Runtime, RuntimeCall, RuntimeOrigin, System};

/// Ends the block and begins another one.
fn go_to(number: u32, millis: u64) {
	AllPalletsWithSystem::on_finalize(System::block_number());
	System::reset_events();
	System::set_block_number(number);
	AllPalletsWithSystem::on_initialize(number);
	pallet_timestamp::Now::<Runtime>::put(millis);
}

/// Dispatches a call and compares the outcome: \`ok\`, or pallet and error as the metadata numbers them.
fn dispatch(who: [u8; 32], call: &[u8], expected: Result<(), (u8, u8)>, events: &[&str]) {
	let before = System::events().len();
	let call = RuntimeCall::decode(&mut &call[..]).expect("the call decodes");
	let outcome = frame_support::storage::with_storage_layer(|| {
		call.dispatch(RuntimeOrigin::signed(who.into())).map(|_| ()).map_err(|e| e.error)
	});
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
	let top = [
${entries.join('\n')}
	];
	let storage = Storage { top: top.into_iter().collect(), ..Default::default() };
	sp_io::TestExternalities::new(storage).execute_with(|| {
		go_to(1, ${genesisTimeMs + 6000});
${body.join('\n')}
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
  const expected = module === undefined ? 'Ok(())' : `Err((${module.index}, 0x${module.error.slice(2, 4)}))`
  const events = [
    ...new Set((expect?.events ?? []).map(({ event }) => event).filter((e) => !envelope.test(e) && !e.startsWith('Balances.'))),
  ]
  const names = events.map((event) => `"${event.slice(event.indexOf('.') + 1)}"`)
  return `${note}\n\t\tdispatch(hex!("${hex(step.who)}"), &hex!("${hex(bytes)}"), ${expected}, &[${names.join(', ')}]);`
}

interface FailedValue {
  readonly dispatchError: { readonly type: string; readonly value?: { readonly index: number; readonly error: string } }
}
