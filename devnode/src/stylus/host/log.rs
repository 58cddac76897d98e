//! Logs.

use alloy_primitives::{B256, Bytes, Log};

use super::{Args, Escape, Flow, Host, ink::read_price};
use crate::stylus::world::World;

const LOG_GAS: u64 = 375;
const LOG_TOPIC_GAS: u64 = 375;
const LOG_BYTE_GAS: u64 = 8;
const MAX_TOPICS: u32 = 4;
const WORD: u32 = 32;

/// `emit_log(data, len, topics)`: the topics are the first words of the data
pub(super) fn emit(host: &mut Host<'_>, world: &mut dyn World, args: Args) -> Result<Flow, Escape> {
    let [ptr, len, topics] = [0, 1, 2].map(|at| args.u32(at));
    if topics > MAX_TOPICS || len < topics * WORD {
        return Err(Escape::Failure("bad topic data"));
    }
    host.buy_ink(read_price(u64::from(len)))?;
    let data_len = len - topics * WORD;
    let gas = LOG_GAS + LOG_TOPIC_GAS * u64::from(topics) + LOG_BYTE_GAS * u64::from(data_len);
    host.buy_gas(gas)?;
    let bytes = host.read(ptr, len)?;
    if host.state.env.read_only {
        return Err(Escape::Failure("write protection"));
    }
    let (words, data) = bytes.split_at((topics * WORD) as usize);
    let words = words
        .chunks_exact(WORD as usize)
        .map(B256::from_slice)
        .collect();
    let log = Log::new_unchecked(host.state.env.acting, words, Bytes::copy_from_slice(data));
    let traced = host.trace_bytes(&[&topics.to_be_bytes(), bytes]);
    world.log(log);
    host.note(&[&traced], &[]);
    Ok(Flow::Resume(0))
}
