//! Why a frame failed, in go-ethereum's words: what `eth_call` reports with code -32000 and what traces show.

use revm::{
    bytecode::opcode::OpCode,
    interpreter::{
        InstructionResult, Interpreter,
        interpreter::EthInterpreter,
        interpreter_types::{Jumps, LegacyBytecode},
    },
    precompile::PrecompileHalt,
};

/// Stack words the EVM allows.
const STACK_LIMIT: usize = 1024;

/// What go-ethereum says of a revert.
pub(crate) const REVERTED: &str = "execution reverted";

/// Text for a failed frame; `evm` is the interpreter as it stopped, where bytecode ran.
pub(crate) fn describe(
    result: InstructionResult,
    evm: Option<&Interpreter<EthInterpreter>>,
) -> String {
    use InstructionResult as R;
    match result {
        R::Revert => REVERTED.into(),
        R::OutOfGas | R::MemoryOOG | R::MemoryLimitOOG | R::PrecompileOOG => "out of gas".into(),
        R::InvalidOperandOOG => "gas uint64 overflow".into(),
        R::ReentrancySentryOOG => "not enough gas for reentrancy sentry".into(),
        R::CallTooDeep => "max call depth exceeded".into(),
        R::OutOfFunds | R::OverflowPayment => "insufficient balance for transfer".into(),
        R::CallNotAllowedInsideStatic | R::StateChangeDuringStaticCall => "write protection".into(),
        R::InvalidJump => "invalid jump destination".into(),
        R::OutOfOffset => "return data out of bounds".into(),
        R::CreateCollision => "contract address collision".into(),
        R::NonceOverflow => "nonce uint64 overflow".into(),
        R::CreateContractSizeLimit => "max code size exceeded".into(),
        R::CreateInitCodeSizeLimit => "max initcode size exceeded".into(),
        R::CreateContractStartingWithEF => "invalid code: must not begin with 0xef".into(),
        R::OpcodeNotFound | R::InvalidFEOpcode | R::NotActivated => {
            format!(
                "invalid opcode: {}",
                evm.map_or_else(|| "INVALID".into(), failed_opcode)
            )
        }
        R::StackUnderflow => {
            let (has, needs) = evm.map_or((0, 1), |evm| {
                let needs = OpCode::new(last_opcode(evm)).map_or(0, |op| op.inputs());
                (evm.stack.len(), usize::from(needs))
            });
            format!("stack underflow ({has} <=> {needs})")
        }
        R::StackOverflow => format!("stack limit reached {STACK_LIMIT} ({})", STACK_LIMIT - 1),
        other => format!("{other:?}"),
    }
}

/// The instruction that has just been fetched.
fn last_opcode(evm: &Interpreter<EthInterpreter>) -> u8 {
    let code = evm.bytecode.bytecode_slice();
    let last = evm.bytecode.pc().checked_sub(1);
    last.and_then(|pc| code.get(pc).copied())
        .unwrap_or_default()
}

/// Its name, as go-ethereum prints it.
fn failed_opcode(evm: &Interpreter<EthInterpreter>) -> String {
    let byte = last_opcode(evm);
    OpCode::new(byte).map_or_else(
        || format!("opcode {byte:#x} not defined"),
        |op| op.as_str().to_owned(),
    )
}

/// go-ethereum's words for what an Ethereum precompile refuses.
pub(crate) fn precompile(halt: &PrecompileHalt) -> String {
    use PrecompileHalt as P;
    match halt {
        P::OutOfGas => "out of gas".into(),
        P::Blake2WrongLength
        | P::BlobInvalidInputLength
        | P::KzgInvalidInputLength
        | P::Bls12381ScalarInputLength
        | P::Bls12381G1AddInputLength
        | P::Bls12381G1MsmInputLength
        | P::Bls12381G2AddInputLength
        | P::Bls12381G2MsmInputLength
        | P::Bls12381PairingInputLength
        | P::Bls12381MapFpToG1InputLength
        | P::Bls12381MapFp2ToG2InputLength => "invalid input length".into(),
        P::Blake2WrongFinalIndicatorFlag => "invalid final flag".into(),
        P::Bn254PairLength => "bad elliptic curve pairing size".into(),
        P::Bn254FieldPointNotAMember => "bn256: coordinate exceeds modulus".into(),
        P::Bn254AffineGFailedToCreate => "bn256: malformed point".into(),
        P::BlobMismatchedVersion => "mismatched versioned hash".into(),
        P::BlobVerifyKzgProofFailed => "error verifying kzg proof".into(),
        P::ModexpEip7823LimitSize => {
            "one or more of base/exponent/modulus length exceeded 1024 bytes".into()
        }
        P::Bls12381FpPaddingInvalid | P::NonCanonicalFp => "invalid field element top bytes".into(),
        P::Bls12381G1NotOnCurve | P::Bls12381G2NotOnCurve => "invalid point: not on curve".into(),
        P::Bls12381G1NotInSubgroup => "g1 point is not on correct subgroup".into(),
        P::Bls12381G2NotInSubgroup => "g2 point is not on correct subgroup".into(),
        other => other.to_string(),
    }
}
