// What an exported test names of FRAME at polkadot-v0.9.42 and of TFChain's runtime at 439e6919, with the same signatures and
// nothing inside: put behind an exported test, a compiler can check that, without the crates.
// Read off: frame/{executive,support,system,timestamp}, primitives/{core,io,runtime,consensus/aura}, runtime/src/lib.rs.

mod frame_support {
	pub mod storage {
		use crate::sp_runtime::DispatchError;
		pub fn with_storage_layer<T, E: From<DispatchError>, F: FnOnce() -> Result<T, E>>(f: F) -> Result<T, E> {
			f()
		}
	}
}

mod hex_literal {
	pub const fn length(text: &str) -> usize {
		text.len() / 2
	}
	pub const fn bytes<const N: usize>(text: &str) -> [u8; N] {
		const fn digit(c: u8) -> u8 {
			match c {
				b'0'..=b'9' => c - b'0',
				b'a'..=b'f' => c - b'a' + 10,
				_ => panic!("no hex digit"),
			}
		}
		let text = text.as_bytes();
		assert!(text.len() == 2 * N);
		let mut out = [0; N];
		let mut i = 0;
		while i < N {
			out[i] = digit(text[2 * i]) << 4 | digit(text[2 * i + 1]);
			i += 1;
		}
		out
	}
	macro_rules! hex {
		($text:literal) => {{
			const BYTES: [u8; crate::hex_literal::length($text)] = crate::hex_literal::bytes($text);
			BYTES
		}};
	}
	pub(crate) use hex;
}

mod parity_scale_codec {
	#[derive(Debug)]
	pub struct Error;
	pub trait Input {}
	impl Input for &[u8] {}
	pub trait Decode: Sized {
		fn decode<I: Input>(input: &mut I) -> Result<Self, Error>;
	}
	pub trait Encode {
		fn encode(&self) -> Vec<u8>;
	}
	impl Encode for u64 {
		fn encode(&self) -> Vec<u8> {
			self.to_le_bytes().to_vec()
		}
	}
}

mod sp_consensus_aura {
	pub const AURA_ENGINE_ID: [u8; 4] = [b'a', b'u', b'r', b'a'];
}

mod sp_core {
	#[derive(Clone, Copy, Default)]
	pub struct H256(pub [u8; 32]);
	impl H256 {
		pub const fn repeat_byte(byte: u8) -> H256 {
			H256([byte; 32])
		}
	}
}

mod sp_runtime {
	use std::collections::BTreeMap;
	#[derive(Clone, Debug, PartialEq)]
	pub struct AccountId32([u8; 32]);
	impl AccountId32 {
		pub const fn new(inner: [u8; 32]) -> Self {
			Self(inner)
		}
	}
	pub enum DigestItem {
		PreRuntime([u8; 4], Vec<u8>),
	}
	pub struct Digest {
		pub logs: Vec<DigestItem>,
	}
	#[derive(Debug)]
	pub struct ModuleError {
		pub index: u8,
		pub error: [u8; 4],
		pub message: Option<&'static str>,
	}
	#[derive(Debug)]
	pub enum DispatchError {
		Other(&'static str),
		Module(ModuleError),
	}
	pub struct DispatchErrorWithPostInfo<I> {
		pub post_info: I,
		pub error: DispatchError,
	}
	#[derive(Default)]
	pub struct Storage {
		pub top: BTreeMap<Vec<u8>, Vec<u8>>,
		pub children_default: BTreeMap<Vec<u8>, ()>,
	}
	pub mod traits {
		pub trait Dispatchable {
			type RuntimeOrigin;
			type PostInfo;
			fn dispatch(self, origin: Self::RuntimeOrigin) -> Result<Self::PostInfo, super::DispatchErrorWithPostInfo<Self::PostInfo>>;
		}
		pub trait Header {
			type Number;
			type Hash;
			fn new(number: Self::Number, extrinsics: Self::Hash, state: Self::Hash, parent: Self::Hash, digest: super::Digest) -> Self;
		}
	}
}

mod sp_io {
	pub struct TestExternalities;
	impl TestExternalities {
		pub fn new(_storage: crate::sp_runtime::Storage) -> Self {
			TestExternalities
		}
		pub fn execute_with<R>(&mut self, execute: impl FnOnce() -> R) -> R {
			execute()
		}
	}
}

mod pallet_timestamp {
	#[allow(non_camel_case_types)]
	pub enum Call<T> {
		set { now: u64 },
		__Ignore(std::marker::PhantomData<T>),
	}
}

mod tfchain_runtime {
	use crate::{parity_scale_codec as codec, sp_core::H256, sp_runtime::*};
	pub struct Runtime;
	pub enum RuntimeCall {
		Timestamp(crate::pallet_timestamp::Call<Runtime>),
	}
	impl codec::Decode for RuntimeCall {
		fn decode<I: codec::Input>(_input: &mut I) -> Result<Self, codec::Error> {
			Err(codec::Error)
		}
	}
	pub struct RuntimeOrigin;
	impl RuntimeOrigin {
		pub fn signed(_by: AccountId32) -> Self {
			RuntimeOrigin
		}
	}
	impl traits::Dispatchable for RuntimeCall {
		type RuntimeOrigin = RuntimeOrigin;
		type PostInfo = ();
		fn dispatch(self, _origin: RuntimeOrigin) -> Result<(), DispatchErrorWithPostInfo<()>> {
			Ok(())
		}
	}
	pub struct Header;
	impl traits::Header for Header {
		type Number = u32;
		type Hash = H256;
		fn new(_number: u32, _extrinsics: H256, _state: H256, _parent: H256, _digest: Digest) -> Self {
			Header
		}
	}
	pub struct UncheckedExtrinsic;
	impl UncheckedExtrinsic {
		pub fn new_unsigned(_function: RuntimeCall) -> Self {
			UncheckedExtrinsic
		}
	}
	#[derive(Debug)]
	pub struct TransactionValidityError;
	pub struct Executive;
	impl Executive {
		pub fn initialize_block(_header: &Header) {}
		pub fn apply_extrinsic(_uxt: UncheckedExtrinsic) -> Result<Result<(), DispatchError>, TransactionValidityError> {
			Ok(Ok(()))
		}
		pub fn finalize_block() -> Header {
			Header
		}
	}
	#[derive(Debug)]
	pub struct RuntimeEvent;
	pub struct EventRecord {
		pub event: RuntimeEvent,
	}
	pub struct System;
	impl System {
		pub fn events() -> Vec<EventRecord> {
			Vec::new()
		}
	}
}
