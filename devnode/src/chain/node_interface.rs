//! Calls of NodeInterface and NodeInterfaceDebug: accounts without code at which a Nitro node answers by itself, but only
//! where a call or an estimate goes straight there. A contract that calls them finds nothing.

use alloy_eips::BlockId;
use alloy_primitives::{Address, B256, U256, map::AddressSet};

use super::{
    Chain,
    call::Stage,
    error::CallError,
    message::{CallOutcome, Message},
};
use crate::{
    arbos::{
        self, Host, RunMode,
        address::{NODE_INTERFACE, NODE_INTERFACE_DEBUG},
        node_interface::{self, Asked, Node},
        send_of,
        tx::{ArbTx, SubmitRetryableTx},
    },
    evm::{
        job::Scene,
        stand_in,
        transact::{Ending, Executed},
    },
    stylus::RecentPrograms,
};

impl Chain {
    /// The address of the two that a message asks, unless an override took it over.
    pub(crate) fn asks_node(stage: &Stage, message: &Message) -> Option<Address> {
        message.to.filter(|to| {
            [NODE_INTERFACE, NODE_INTERFACE_DEBUG].contains(to) && !stage.removed().contains(to)
        })
    }

    /// The creation of a ticket that a message asks about, with this gas limit.
    pub(crate) fn asked_ticket(
        &self,
        stage: &Stage,
        message: &Message,
        gas: u64,
    ) -> Option<SubmitRetryableTx> {
        let to = Self::asks_node(stage, message)?;
        let price = U256::from(message.fee_cap.unwrap_or_default());
        self.with_host(stage, RunMode::Call, |host| {
            node_interface::retryable_to_estimate(host, to, &message.input, gas, price)
        })
    }

    /// Creates a ticket and runs its redeem, where nothing stays of either. It is an estimate even if a call asked for it: what
    /// the redeem fails with is the answer (Nitro).
    pub(crate) fn try_ticket(
        &self,
        stage: &Stage,
        ticket: SubmitRetryableTx,
    ) -> Result<Executed, CallError> {
        let (gas, from) = (ticket.gas, ticket.from);
        // Without a price nothing is paid for, as in other calls.
        let free = ticket.gas_fee_cap.is_zero().then(|| stage.for_free());
        let stage = free.as_ref().unwrap_or(stage);
        let hashes = |number| self.hash_of(number);
        let scene = self.scene(stage, &hashes, RunMode::Estimate);
        let tx = ArbTx::SubmitRetryable(ticket).into();
        let invalid = |error| CallError::Invalid { error, gas };
        let mut done = crate::evm::execute(scene, &tx, from, None).map_err(invalid)?;
        if done.ending == Ending::Success {
            self.perform_redeems(stage, &mut done).map_err(invalid)?;
        }
        Ok(done)
    }

    /// Answers any other call of the two.
    pub(crate) fn answer_as_node(
        &self,
        stage: &Stage,
        message: &Message,
        to: Address,
        at: BlockId,
    ) -> Result<CallOutcome, CallError> {
        let answer = self.with_host(stage, RunMode::Call, |host| {
            let mut asking = Asking {
                chain: self,
                stage,
                message,
                at,
                host,
            };
            node_interface::answer(&mut asking, to, &message.input)
        });
        // A refusal has neither data nor reason, and is no revert of the EVM (Nitro).
        let output = answer.ok_or_else(|| CallError::Halt {
            message: "execution reverted".into(),
            gas_used: 0,
        })?;
        Ok(CallOutcome {
            output,
            ..CallOutcome::default()
        })
    }

    /// L2 gas for a message's data on L1, padded as estimates are.
    pub(crate) fn padded_l1_gas(&self, stage: &Stage, message: &Message) -> u64 {
        let stand_in = stand_in::encode(message, None);
        self.with_host(stage, RunMode::Estimate, |host| {
            arbos::charge_l1_data(host, arbos::L1Data::Unsigned(&stand_in)).gas
        })
    }

    fn scene<'a>(
        &'a self,
        stage: &'a Stage,
        hashes: &'a dyn Fn(u64) -> B256,
        mode: RunMode,
    ) -> Scene<'a> {
        Scene {
            view: stage.view(&self.state),
            block: stage.around(),
            hashes,
            recent: RecentPrograms::default(),
            removed: AddressSet::default(),
            mode,
        }
    }

    fn with_host<T>(
        &self,
        stage: &Stage,
        mode: RunMode,
        ask: impl FnOnce(&mut dyn Host) -> T,
    ) -> T {
        let hashes = |number| self.hash_of(number);
        let base_fee = stage.around().base_fee;
        let scene = self.scene(stage, &hashes, mode);
        ask(&mut crate::evm::machine(scene, base_fee, base_fee, None).cx)
    }
}

/// A question to the node, and what it needs to answer.
struct Asking<'a> {
    chain: &'a Chain,
    stage: &'a Stage,
    message: &'a Message,
    at: BlockId,
    host: &'a mut dyn Host,
}

impl Asking<'_> {
    /// The message asked about, with sender, value and gas of the question.
    fn message(&self, asked: &Asked) -> Message {
        Message {
            to: asked.to.to().copied(),
            input: asked.data.clone(),
            ..self.message.clone()
        }
    }
}

impl Node for Asking<'_> {
    fn l1_number_of(&mut self, l2_block: u64) -> Option<u64> {
        let block = self.chain.block_by_number(l2_block)?;
        Some(block.l1_number())
    }

    fn head(&mut self) -> u64 {
        self.chain.head().number()
    }

    fn sends(&mut self) -> Vec<B256> {
        let mut sent = 0;
        let mut sends = Vec::new();
        for block in &self.chain.blocks {
            if block.send_count() != sent {
                sent = block.send_count();
                sends.extend(block.logs().filter_map(|found| send_of(&found.log)));
            }
        }
        sends
    }

    fn estimate(&mut self, asked: &Asked) -> Option<u64> {
        let message = self.message(asked);
        self.chain.search(self.stage, &message, self.at).ok()
    }

    fn l1_gas(&mut self, asked: &Asked) -> u64 {
        self.chain.padded_l1_gas(self.stage, &self.message(asked))
    }

    fn base_fee(&mut self) -> U256 {
        self.stage.around().base_fee
    }

    fn host(&mut self) -> &mut dyn Host {
        self.host
    }
}
