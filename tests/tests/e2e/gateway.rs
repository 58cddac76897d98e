//! LPT goes to L2 and back through gateways and escrow; what the escrow lacks, BridgeMinter mints.
#![allow(clippy::too_many_arguments)] // the Outbox's call has nine

use alloy::{
    primitives::{Address, B256, Bytes, U256},
    sol,
    sol_types::SolValue as _,
};
use confluence::{client::Mined, plan::Contract};
use confluence_abi::{IL1Escrow, IL1LPTGateway, IL2LPTGateway, ILivepeerToken};

use crate::{LPT, act::ENOUGH_GAS, stage::Stage};

sol! {
    interface ArbSys {
        event L2ToL1Tx(address caller, address indexed destination, uint256 indexed hash, uint256 indexed position, uint256 arbBlockNum, uint256 ethBlockNum, uint256 timestamp, uint256 callvalue, bytes data);
        function sendMerkleTreeState() external view returns (uint256 size, bytes32 root, bytes32[] memory partials);
    }
    interface NodeInterface {
        function constructOutboxProof(uint64 size, uint64 leaf) external view returns (bytes32 send, bytes32 root, bytes32[] memory proof);
    }
    interface Outbox {
        function executeTransaction(bytes32[] calldata proof, uint256 index, address l2Sender, address to, uint256 l2Block, uint256 l1Block, uint256 l2Timestamp, uint256 value, bytes calldata data) external;
    }
    interface Erc20 {
        function transferFrom(address from, address to, uint256 amount) external returns (bool);
        function transfer(address to, uint256 amount) external returns (bool);
        function totalSupply() external view returns (uint256);
    }
}

const ARB_SYS: Address = Address::with_last_byte(100);
const NODE_INTERFACE: Address = Address::with_last_byte(200);

impl Stage {
    /// The funder's LPT go to somebody on L2.
    pub(crate) fn deposit(&self, to: Address, amount: u128) {
        let (token, gateway) = (self.system.livepeer.token, self.system.l1.gateway);
        let approve = ILivepeerToken::approveCall {
            spender: gateway,
            amount: U256::from(amount),
        };
        self.send(&self.l1, token, &approve, 0).expect("approves");
        let most = self.submission_cost(600);
        let price = self.gas_price_bid();
        let call = IL1LPTGateway::outboundTransferCall {
            l1Token: token,
            to,
            amount: U256::from(amount),
            maxGas: U256::from(ENOUGH_GAS),
            gasPriceBid: price,
            data: (most, Bytes::new()).abi_encode_params().into(),
        };
        let cost: u128 = (most + U256::from(ENOUGH_GAS) * price).to();
        let sent = self
            .send(&self.l1, gateway, &call, cost)
            .expect("L1 takes it");
        self.redeemed(self.tickets(&sent)[0]);
    }

    /// The funder's LPT on L2 leave for somebody on L1.
    fn leave(&self, to: Address, amount: u128) -> Mined {
        let gateway = self.at(Contract::L2LPTGateway);
        let approve = ILivepeerToken::approveCall {
            spender: gateway,
            amount: U256::from(amount),
        };
        let token = self.at(Contract::LivepeerToken);
        self.send(&self.l2, token, &approve, 0).expect("approves");
        let call = IL2LPTGateway::outboundTransfer_0Call {
            l1Token: self.system.livepeer.token,
            to,
            amount: U256::from(amount),
            data: Bytes::new(),
        };
        self.send(&self.l2, gateway, &call, 0).expect("leaves")
    }

    /// The message of a transaction on L2 is executed on L1, once its root is there.
    fn execute_on_l1(&self, sent: &Mined) {
        let message: ArbSys::L2ToL1Tx = sent.event(ARB_SYS).expect("a message to L1");
        let pair = self.chains.pair.as_ref().expect("a pair of our own");
        pair.sync().expect("the root is posted");
        let leaf: u64 = message.position.to();
        // of the tree as it is now
        let as_nobody = self.l2.with_unlocked(Address::ZERO);
        let tree = as_nobody.read(ARB_SYS, &ArbSys::sendMerkleTreeStateCall {});
        let size: u64 = self.runtime.block_on(tree).expect("L2 answers").size.to();
        let call = NodeInterface::constructOutboxProofCall { size, leaf };
        let proof: Vec<B256> = self.l2_at(NODE_INTERFACE, &call).proof;
        let call = Outbox::executeTransactionCall {
            proof,
            index: message.position,
            l2Sender: message.caller,
            to: message.destination,
            l2Block: message.arbBlockNum,
            l1Block: message.ethBlockNum,
            l2Timestamp: message.timestamp,
            value: message.callvalue,
            data: message.data,
        };
        let outbox = pair.contracts().outbox;
        self.send(&self.l1, outbox, &call, 0)
            .expect("L1 executes it");
    }

    /// All LPT on L1.
    pub(crate) fn l1_supply(&self) -> u128 {
        self.l1_at(self.system.livepeer.token, &Erc20::totalSupplyCall {})
            .to()
    }

    /// LPT that the escrow does not have are minted when somebody leaves with them; by how much L1's supply grows.
    pub(crate) fn leave_with_a_shortfall(&mut self, shortfall: u128) {
        let amount = 3 * shortfall;
        let (token, escrow) = (self.system.livepeer.token, self.system.l1.escrow);
        let funder = self.chains.funder.address();
        self.deposit(funder, amount);
        // The escrow's admin takes most of what it has, as if it had been minted on L2.
        let held = self.l1_lpt(escrow);
        let taken = held - 2 * shortfall;
        let allow = |value: u128| IL1Escrow::approveCall {
            token,
            spender: funder,
            value: U256::from(value),
        };
        self.send(&self.l1, escrow, &allow(taken), 0)
            .expect("is its admin");
        let take = Erc20::transferFromCall {
            from: escrow,
            to: funder,
            amount: U256::from(taken),
        };
        self.send(&self.l1, token, &take, 0).expect("may");

        let to = self.fresh().address();
        let supply = self.l1_supply();
        let sent = self.leave(to, amount);
        self.execute_on_l1(&sent);
        assert_eq!(self.l1_lpt(to), amount, "paid in full");
        assert_eq!(self.l1_lpt(escrow), 0, "all that was there");
        assert_eq!(self.l1_supply() - supply, shortfall, "and the rest minted");
        let back = Erc20::transferCall {
            to: escrow,
            amount: U256::from(taken),
        };
        self.send(&self.l1, token, &back, 0).expect("as it was");
    }
}

#[test]
fn lpt_goes_into_escrow_on_l1_and_is_minted_on_l2() {
    let mut stage = Stage::any();
    let to = stage.fresh().address();
    let escrow = stage.system.l1.escrow;
    let (held, supply) = (stage.l1_lpt(escrow), stage.l1_supply());
    stage.deposit(to, 7 * LPT);
    assert_eq!(stage.lpt(to), 7 * LPT);
    assert_eq!(stage.l1_lpt(escrow) - held, 7 * LPT);
    assert_eq!(stage.l1_supply(), supply);
}

#[test]
fn lpt_that_leaves_l2_is_burnt_and_paid_out_of_escrow() {
    let mut stage = Stage::local();
    let (to, escrow) = (stage.fresh().address(), stage.system.l1.escrow);
    let funder = stage.chains.funder.address();
    stage.deposit(funder, 5 * LPT);
    let (held, had, supply) = (stage.l1_lpt(escrow), stage.lpt(funder), stage.l1_supply());
    let sent = stage.leave(to, 3 * LPT);
    assert_eq!(had - stage.lpt(funder), 3 * LPT);
    assert_eq!(stage.l1_lpt(to), 0, "nothing before L1 knows");
    stage.execute_on_l1(&sent);
    assert_eq!(stage.l1_lpt(to), 3 * LPT);
    assert_eq!(held - stage.l1_lpt(escrow), 3 * LPT);
    assert_eq!(stage.l1_supply(), supply);
}

#[test]
fn what_the_escrow_lacks_is_minted_on_l1() {
    Stage::local().leave_with_a_shortfall(4 * LPT);
}
