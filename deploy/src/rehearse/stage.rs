//! The two chains of a rehearsal, and what only development nodes can do: move time, sign for anybody, give ether for gas.
//! Always holds: this is the only file of the rehearsal that uses anything but standard RPC methods; chains of our own and chains
//! at URLs are talked to in the same way.

use alloy::{
    primitives::{Address, B256, U256, keccak256},
    rpc::{
        client::{BatchRequest, ClientBuilder, RpcClient},
        json_rpc::RpcSend,
    },
};
use confluence_abi::{IController, ILegacyRoundsManager};
use serde_json::Value;

use super::{RehearseError, diary::Diary};
use crate::{
    claim::Place,
    client::{L1, L2},
    migrate::Sides,
    plan::{
        Artifacts, Beginning, Contract, Parameters, Staking, System, SystemInputs, deploy_legacy,
        deploy_system,
    },
};

/// L1 blocks a round, on both chains: shorter than Livepeer's 5,760, which would only be waited for, and each takes anvil the longer
/// the more accounts there are.
pub(super) const ROUND_BLOCKS: u64 = 30;
/// Seconds an L1 block takes.
const BLOCK_SECONDS: u64 = 12;
/// Requests in one batch.
const AT_ONCE: usize = 500;
/// Gas of an L1 block: so much that loading thousands of accounts in a few blocks does not raise L1's base fee.
const BLOCK_GAS: u64 = 1 << 40;

/// Where the two chains answer.
#[derive(Debug, Clone)]
pub struct Urls {
    /// L1's node.
    pub l1: String,
    /// L2's node.
    pub l2: String,
}

/// See the head of this file.
pub(super) struct Stage {
    here: RpcClient,
    there: RpcClient,
    /// Sends as the deployer.
    pub(super) l1: L1,
    /// Sends as the deployer, who owns the Governor.
    pub(super) l2: L2,
    /// Everything that was deployed.
    pub(super) system: System,
    /// Where migrations go.
    pub(super) sides: Sides,
    /// Where claims go.
    pub(super) place: Place,
    /// Somebody without any part in it.
    pub(super) stranger: Address,
}

impl Stage {
    /// Deploys everything on both chains, with this much LPT in L1's Minter, or goes on with what the diary knows of.
    pub(super) async fn set(
        urls: &Urls,
        artifacts: &Artifacts,
        round: u64,
        lpt: U256,
        diary: &mut Diary,
    ) -> Result<Self, RehearseError> {
        let l1 = L1::connect(&urls.l1, None, None).await?;
        let l2 = L2::connect(&urls.l2, None, None).await?;
        let (here, there) = (control(&urls.l1)?, control(&urls.l2)?);
        for (side, client) in [("L1", &here), ("L2", &there)] {
            ask(client, side, "anvil_autoImpersonateAccount", (true,)).await?;
        }
        ask(
            &here,
            "L1",
            "evm_setBlockGasLimit",
            (U256::from(BLOCK_GAS),),
        )
        .await?;
        let status = ask(&there, "L2", "confluence_bridgeStatus", ()).await?;
        let inbox = serde_json::from_value(status["contracts"]["inbox"].clone());
        let inbox = inbox.map_err(|error| RehearseError::Control {
            side: "L2",
            method: "confluence_bridgeStatus",
            why: error.to_string(),
        })?;
        let (on_l1, on_l2) = (l1.unlocked().await?, l2.unlocked().await?);
        let (Some(&on_l1), &[on_l2, .., stranger]) = (on_l1.first(), on_l2.as_slice()) else {
            return Err(RehearseError::NoAccount);
        };
        let (l1, l2) = (l1.with_unlocked(on_l1), l2.with_unlocked(on_l2));
        // whoever was cut short may have left L1 waiting
        ask(&here, "L1", "evm_setAutomine", (true,)).await?;
        ask(&here, "L1", "evm_mine", ()).await?;
        l1.settled(on_l1).await?;
        ask(&there, "L2", "confluence_sync", ()).await?;
        let livepeer = match diary.notes().staking {
            Some(livepeer) => livepeer,
            None => {
                let beginning = Beginning {
                    round: round - 1,
                    round_blocks: ROUND_BLOCKS,
                    minter_lpt: lpt,
                    ..Beginning::default()
                };
                let livepeer = deploy_legacy(&l1, artifacts, on_l1, beginning).await?;
                diary.note(|notes| notes.staking = Some(livepeer))?;
                livepeer
            }
        };
        let first_nonce = match diary.notes().deployed_from {
            Some(nonce) => nonce,
            None => {
                let nonce = l1.nonce(on_l1).await?;
                diary.note(|notes| notes.deployed_from = Some(nonce))?;
                nonce
            }
        };
        let parameters = Parameters {
            round_blocks: ROUND_BLOCKS,
            ..Parameters::default()
        };
        let inputs = SystemInputs {
            artifacts,
            parameters: &parameters,
            inbox,
            staking: Staking::There {
                livepeer,
                first_nonce,
            },
            l1_owner: on_l1,
            governor_owner: on_l2,
            // chains at URLs may have a system already
            salt: B256::from(U256::from(first_nonce)),
            hand_over: true,
        };
        let system = deploy_system(&l1, &l2, &inputs).await?;
        let migrator = system.l1.migrator;
        let sides = Sides::find(&l1, &l2, migrator).await;
        let sides = sides.map_err(|source| RehearseError::Migrate {
            who: migrator,
            source: Box::new(source),
        })?;
        let place = Place::find(&l2, sides.l2_controller).await?;
        Ok(Self {
            here,
            there,
            l1,
            l2,
            system,
            sides,
            place,
            stranger,
        })
    }

    /// Where a contract is on L2.
    pub(super) fn at(&self, contract: Contract) -> Result<Address, RehearseError> {
        Ok(self.system.l2.at(contract)?)
    }

    /// L1's round.
    pub(super) async fn l1_round(&self) -> Result<u64, RehearseError> {
        let rounds = IController::getContractCall {
            id: keccak256("RoundsManager"),
        };
        let rounds = self.l1.read(self.system.livepeer.controller, &rounds);
        let current = ILegacyRoundsManager::currentRoundCall {};
        let round = self.l1.read(rounds.await?, &current).await?;
        Ok(round.saturating_to())
    }

    /// Who deploys and governs on L1.
    pub(super) fn on_l1(&self) -> Address {
        self.l1.from().unwrap_or_default()
    }

    /// The client that sends as the stranger.
    pub(super) fn as_stranger(&self) -> L2 {
        self.l2.with_unlocked(self.stranger)
    }

    /// Gives accounts ether for gas on L1.
    pub(super) async fn fuel_l1(&self, of: &[Address], wei: u128) -> Result<(), RehearseError> {
        fuel(&self.here, "L1", of, wei).await
    }

    /// Gives accounts ether for gas on L2.
    pub(super) async fn fuel_l2(&self, of: &[Address], wei: u128) -> Result<(), RehearseError> {
        fuel(&self.there, "L2", of, wei).await
    }

    /// Puts code at an account on L1, so that it counts as a contract there.
    pub(super) async fn make_contract(&self, at: Address) -> Result<(), RehearseError> {
        // answers every call with nothing
        ask(&self.here, "L1", "anvil_setCode", (at, "0x00")).await?;
        Ok(())
    }

    /// Whether L1 makes a block of each transaction at once.
    pub(super) async fn mine_at_once(&self, wanted: bool) -> Result<(), RehearseError> {
        ask(&self.here, "L1", "evm_setAutomine", (wanted,)).await?;
        Ok(())
    }

    /// Makes a block of L1 of what waits.
    pub(super) async fn mine_l1(&self) -> Result<(), RehearseError> {
        ask(&self.here, "L1", "evm_mine", ()).await?;
        Ok(())
    }

    /// Moves both chains on by this many L1 blocks.
    pub(super) async fn pass_blocks(&self, blocks: u64) -> Result<(), RehearseError> {
        self.advance(blocks * BLOCK_SECONDS, blocks).await
    }

    /// Moves both chains on by this many seconds.
    pub(super) async fn pass_seconds(&self, seconds: u64) -> Result<(), RehearseError> {
        self.advance(seconds, 1).await
    }

    async fn advance(&self, seconds: u64, blocks: u64) -> Result<(), RehearseError> {
        let method = "confluence_advanceTime";
        ask(&self.there, "L2", method, (seconds, blocks)).await?;
        Ok(())
    }

    /// Lets everything that is on L1 arrive on L2.
    pub(super) async fn sync(&self) -> Result<(), RehearseError> {
        ask(&self.there, "L2", "confluence_sync", ()).await?;
        Ok(())
    }

    /// Lets the next tickets fail at first.
    pub(super) async fn fail_tickets(&self, count: usize) -> Result<(), RehearseError> {
        ask(&self.there, "L2", "confluence_failAutoRedeems", (count,)).await?;
        Ok(())
    }
}

fn control(url: &str) -> Result<RpcClient, RehearseError> {
    // the clients have parsed it before
    let parsed = url.parse().map_err(|_| RehearseError::NoAccount)?;
    Ok(ClientBuilder::default().http(parsed))
}

async fn fuel(
    client: &RpcClient,
    side: &'static str,
    of: &[Address],
    wei: u128,
) -> Result<(), RehearseError> {
    let method = "anvil_setBalance";
    let failed = |error: alloy::transports::TransportError| RehearseError::Control {
        side,
        method,
        why: error.to_string(),
    };
    for some in of.chunks(AT_ONCE) {
        let mut batch = BatchRequest::new(client);
        let mut waiting = Vec::with_capacity(some.len());
        for account in some {
            let params = (*account, U256::from(wei));
            let answer = batch.add_call::<_, Value>(method, &params);
            waiting.push(answer.map_err(failed)?);
        }
        batch.send().await.map_err(failed)?;
        for answer in waiting {
            answer.await.map_err(failed)?;
        }
    }
    Ok(())
}

async fn ask<P: RpcSend>(
    client: &RpcClient,
    side: &'static str,
    method: &'static str,
    params: P,
) -> Result<Value, RehearseError> {
    let asked = client.request::<P, Value>(method, params).await;
    asked.map_err(|error| RehearseError::Control {
        side,
        method,
        why: error.to_string(),
    })
}
