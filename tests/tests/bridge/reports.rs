//! Replays the chain with a batch poster: transactions, and between them the reports of what their batches cost on L1.

use alloy::primitives::U256;
use confluence_devnode::chain::BatchCost;
use serde::Deserialize;
use serde_json::Value;

use super::{
    client::Node,
    compare::Differences,
    fixture::{Block, Case, Message, recording},
    replay::{block_matches, replay_case},
    tally::Tally,
    views::{self, gas_info},
};

/// First version whose reports say what a batch is made of.
const REPORTS_DATA_FROM: u64 = 50;

/// A batch on L1, the message that reports it, and the block made of that.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Batch {
    messages: Vec<Message>,
    l2: Vec<Block>,
    gas_info_before: Value,
    gas_info_after: Value,
}

/// One step of the recording.
enum Step<'a> {
    Case(&'a Case),
    Batch(&'a Batch),
}

impl Step<'_> {
    fn number(&self) -> u64 {
        let blocks = match self {
            Self::Case(case) => &case.l2,
            Self::Batch(batch) => &batch.l2,
        };
        blocks.first().map_or(0, |block| block.number)
    }
}

/// Replays the file in the order of its blocks.
pub(crate) fn replay(file: &str, arbos: u64, l1_price: u64, tally: &mut Tally) {
    let recording = recording(file, arbos);
    let batches: Vec<Batch> =
        serde_json::from_value(recording.more["batches"].clone()).expect("batches");
    let node = Node::start(arbos, l1_price);
    let mut steps: Vec<_> = recording.cases.iter().map(Step::Case).collect();
    steps.extend(batches.iter().map(Step::Batch));
    steps.sort_by_key(Step::number);
    tally.take(file, "before", |found| {
        views::before(&node, &recording, found);
    });
    for step in &steps {
        match step {
            Step::Case(case) => tally.take(file, &case.id, |found| replay_case(&node, case, found)),
            Step::Batch(batch) => tally.take(
                file,
                &format!("batch in block {}", step.number()),
                |found| {
                    batch_matches(&node, batch, arbos, found);
                },
            ),
        }
    }
}

fn batch_matches(node: &Node, batch: &Batch, arbos: u64, found: &mut Differences) {
    gas_info(node, "gasInfoBefore", &batch.gas_info_before, found);
    let [message] = &batch.messages[..] else {
        panic!("a batch has one report");
    };
    let input = batch.l2[0].transactions[1]["transaction"]["input"].as_str();
    let word = |index: usize| -> u64 {
        let input = input.expect("calldata");
        let at = 10 + 64 * index;
        U256::from_str_radix(&input[at..at + 64], 16)
            .expect("a word")
            .to()
    };
    // What a node reads from the batch itself is taken from the recorded call; extra gas was 0 throughout.
    let cost = if arbos < REPORTS_DATA_FROM {
        BatchCost::Gas(word(3))
    } else {
        BatchCost::Data {
            length: word(3),
            non_zeros: word(4),
        }
    };
    node.deliver_report(message, &cost);
    for block in &batch.l2 {
        block_matches(node, block, found);
    }
    gas_info(node, "gasInfoAfter", &batch.gas_info_after, found);
}
