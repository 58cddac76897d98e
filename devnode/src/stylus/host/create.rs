//! Contract creation: priced here, run by the driver, settled here.

use alloy_primitives::{Address, Bytes};

use super::{Args, Escape, Flow, Host, ink::read_price};
use crate::stylus::frame::{Answer, AnswerKind, CreateRequest};
use crate::stylus::world::World;

const CREATE_GAS: u64 = 32_000;
const HASH_WORD_GAS: u64 = 6;

/// A creation that is being run.
#[derive(Debug)]
pub struct PendingCreate {
    /// Gas left before the creation.
    gas_left: u64,
    /// The 64th that the program keeps.
    withheld_gas: u64,
    address_ptr: u32,
    revert_len_ptr: u32,
    /// For the trace.
    args: Vec<u8>,
}

/// `create1(code, len, endowment, addr_out, revert_len)`
pub(super) fn create1(host: &mut Host<'_>, _: &mut dyn World, args: Args) -> Result<Flow, Escape> {
    let [code, len, value, address, revert_len] = [0, 1, 2, 3, 4].map(|at| args.u32(at));
    begin(host, [code, len, value], None, [address, revert_len])
}

/// `create2(code, len, endowment, salt, addr_out, revert_len)`
pub(super) fn create2(host: &mut Host<'_>, _: &mut dyn World, args: Args) -> Result<Flow, Escape> {
    let [code, len, value, salt, address, revert_len] = [0, 1, 2, 3, 4, 5].map(|at| args.u32(at));
    begin(host, [code, len, value], Some(salt), [address, revert_len])
}

fn begin(
    host: &mut Host<'_>,
    [code, len, value]: [u32; 3],
    salt: Option<u32>,
    [address_ptr, revert_len_ptr]: [u32; 2],
) -> Result<Flow, Escape> {
    host.buy_ink(read_price(u64::from(len)))?;
    host.buy_ink(read_price(u64::from(len)))?;
    let init_code = Bytes::copy_from_slice(host.read(code, len)?);
    let endowment = host.read_word(value)?;
    let salt = salt.map(|ptr| host.read_word(ptr)).transpose()?;
    let gas_left = host.gas_left();
    if host.state.env.read_only {
        return Err(Escape::Failure("write protection"));
    }
    let hash_words = if salt.is_some() {
        u64::from(len).div_ceil(32)
    } else {
        0
    };
    let Some(gas) = gas_left.checked_sub(CREATE_GAS + HASH_WORD_GAS * hash_words) else {
        return Err(Escape::Failure("out of gas for a creation"));
    };
    let withheld_gas = gas / 64;
    let salt_bytes = salt.as_ref().map_or(&[][..], |salt| salt.as_slice());
    let pending = PendingCreate {
        gas_left,
        withheld_gas,
        address_ptr,
        revert_len_ptr,
        args: host.trace_bytes(&[endowment.as_slice(), salt_bytes, &init_code]),
    };
    let request = CreateRequest {
        init_code,
        value: endowment.into(),
        salt,
        gas_limit: gas - withheld_gas,
    };
    Ok(Flow::Create(request, pending))
}

impl PendingCreate {
    /// Settles the creation with what the frame answered; a failed one gives the zero address.
    pub fn settle(self, host: &mut Host<'_>, answer: Answer) -> Result<u64, Escape> {
        let kept = answer.gas_left.saturating_add(self.withheld_gas);
        let (address, output) = match answer.result {
            AnswerKind::Success(address) => {
                host.state.refund += answer.refund;
                (address.unwrap_or_default(), Bytes::new())
            }
            AnswerKind::Revert => (Address::ZERO, answer.output),
            AnswerKind::Failure => (Address::ZERO, Bytes::new()),
        };
        host.buy_gas(self.gas_left.saturating_sub(kept))?;
        let len = output.len() as u32;
        host.state.return_data = output;
        host.write_len(self.revert_len_ptr, len)?;
        host.write(self.address_ptr, address.as_slice())?;
        host.note(&[&self.args], &[address.as_slice(), &len.to_be_bytes()]);
        Ok(0)
    }
}
