//! Walks every method of every precompile on chains of every version, NodeInterface included, as `eth_call` does. Always holds:
//! no method is without a line in the table, and none has a line that is not there.

mod owner;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::keccak256;

use super::{
    tickets::{REFUSER, TARGET, submission, words},
    *,
};
use crate::{
    arbos::{address::*, addresses, describe_error, methods},
    evm::tests::{STORE_SEVEN, deploy_program, send},
};

const USER: Address = address!("00000000000000000000000000000000000000aa");
const GAS: u64 = 20_000_000;

/// A line of the table.
struct Line {
    since: u64,
    to: Address,
    signature: &'static str,
    caller: &'static str,
    arguments: &'static str,
    answer: &'static str,
}

fn lines() -> impl Iterator<Item = Line> {
    let split = |to, line: &'static str| {
        let mut fields = line.split('|').map(str::trim);
        let mut next = || fields.next().unwrap_or_else(|| panic!("{line}"));
        let (since, signature) = next().split_once(' ').unwrap();
        let (caller, arguments, answer) = (next(), next(), next());
        Line {
            since: since.parse().unwrap(),
            to,
            signature,
            caller,
            arguments,
            answer,
        }
    };
    let tables = table::TABLES.iter();
    tables.flat_map(move |(to, text)| {
        let lines = text.lines().filter(|line| !line.is_empty());
        lines.map(move |line| split(*to, line))
    })
}

fn selector(to: Address, signature: &str) -> [u8; 4] {
    methods()
        .find(|method| (method.0, method.1) == (to, signature))
        .map_or_else(
            || *keccak256(signature).first_chunk().unwrap(),
            |method| method.2,
        )
}

/// A chain on which there is something to ask for, and the names of it.
struct World {
    chain: Chain,
    names: BTreeMap<&'static str, U256>,
}

impl World {
    fn new(arbos: ArbosVersion) -> Self {
        let mut chain = Chain::new(Config {
            arbos,
            time: TimeSource::Fixed(1_800_000_000),
            ..Config::default()
        });
        chain.set_balance(HEIR, U256::from(77));
        chain.set_balance(USER, U256::from(10).pow(U256::from(18)));
        let program = deploy_program(&mut chain, STORE_SEVEN);
        let codehash = keccak256(chain.code(program, BlockId::latest()).unwrap());
        let register = [&keccak256("register(address)")[..4], &words(&[word(HEIR)])].concat();
        send(&mut chain, ARB_ADDRESS_TABLE, register.into(), 1_000_000);
        let withdraw = [
            &keccak256("withdrawEth(address)")[..4],
            &words(&[word(HEIR)]),
        ]
        .concat();
        send(&mut chain, ARB_SYS, withdraw.into(), 1_000_000);
        chain.set_code(TARGET, &REFUSER);
        let message = submission(USER);
        let ticket = chain.ticket_of(&message).unwrap().id;
        chain.deliver(&message);
        // The ticket's fees went to the account that can be asked for its balance.
        chain.set_balance(HEIR, U256::from(77));
        let ticket_block = chain.head().number();
        chain.mine();

        let head = chain.head();
        let stylus = if arbos.number() < 60 { 2 } else { 3 };
        let stack = if arbos.number() < 51 { 262_144 } else { 22_000 };
        let numbers = [
            ("zero", 0),
            ("head", head.number()),
            ("parent", head.number() - 1),
            ("ticketBlock", ticket_block),
            ("55+version", 55 + arbos.number()),
            ("stylus", stylus),
            ("stack", stack),
            ("priceIncrease", 0),
        ];
        let hashes = [
            ("parentHash", head.header.parent_hash),
            ("sendRoot", B256::from_slice(&head.header.extra_data)),
            ("ticket", ticket),
            ("codehash", codehash),
        ];
        let accounts = [
            ("user", USER),
            ("owner", DEV_ACCOUNT),
            ("heir", HEIR),
            ("alias", alias(USER)),
            ("sys", ARB_SYS),
            ("target", TARGET),
            ("program", program),
            ("sequencer", SEQUENCER),
        ];
        let numbers = numbers.map(|(name, number)| (name, U256::from(number)));
        let hashes = hashes.map(|(name, hash)| (name, hash.into()));
        let accounts = accounts.map(|(name, account)| (name, word(account)));
        let names = numbers.into_iter().chain(hashes).chain(accounts).collect();
        Self { chain, names }
    }

    /// A number or a name; `None` for any word.
    fn word(&self, token: &str) -> Option<U256> {
        let known = self.names.get(token).copied();
        (token != "_").then(|| known.unwrap_or_else(|| token.parse().expect(token)))
    }

    fn words(&self, tokens: &str) -> Vec<Option<U256>> {
        tokens
            .split_whitespace()
            .map(|token| self.word(token))
            .collect()
    }

    fn call(&self, caller: &str, line: &Line) -> Result<CallOutcome, CallError> {
        let arguments = self.words(line.arguments).into_iter().flatten();
        let arguments: Vec<_> = arguments.collect();
        let input = [&selector(line.to, line.signature)[..], &words(&arguments)].concat();
        let message = Message {
            from: Some(Address::from_word(self.names[caller].into())),
            to: Some(line.to),
            gas: Some(GAS),
            input: input.into(),
            ..Message::default()
        };
        let (state, block) = Default::default();
        self.chain.call(&message, BlockId::latest(), &state, &block)
    }

    /// Whether the answer is what the table says; `given` is the answer in its words.
    fn agrees(&self, line: &Line, given: &str, version: u64) -> bool {
        let is_there = line.since <= version;
        let wanted = match line.answer {
            answer if is_there => answer,
            // What is not there yet takes all gas, except from an owner; where there is no precompile at all, nothing happens.
            _ if line.to == ARB_OWNER => "!",
            _ if addresses(version).any(|known| known == line.to) => "x",
            _ => "=",
        };
        let Some(expected) = wanted.strip_prefix('=') else {
            let head = self.names["head"].to_string();
            let wanted = wanted.replace("HEAD", &head);
            return given == wanted.replace("STYLUS", &self.names["stylus"].to_string());
        };
        let Some(given) = given.strip_prefix('=') else {
            return false;
        };
        let (expected, given) = (self.words(expected), self.words(given));
        expected.len() == given.len()
            && expected
                .iter()
                .zip(given)
                .all(|(want, have)| want.is_none() || *want == have)
    }
}

/// An answer in the words of the table.
fn worded(answer: Result<CallOutcome, CallError>) -> String {
    match answer {
        Ok(outcome) => {
            let words = outcome.output.chunks(32).map(B256::right_padding_from);
            words.fold("=".to_owned(), |text, word| format!("{text} {word}"))
        }
        Err(CallError::Revert { data, gas_used }) if data.is_empty() => {
            if gas_used == GAS { "x" } else { "!" }.to_owned()
        }
        Err(CallError::Revert { data, .. }) => format!(
            "! {}",
            describe_error(&data).unwrap().replacen("error ", "", 1)
        ),
        Err(CallError::Halt { message, .. }) => format!("# {message}"),
        Err(other) => other.to_string(),
    }
}

#[test]
fn every_method_answers_or_reverts_as_nitros_does() {
    let mut wrong = String::new();
    for arbos in [ArbosVersion::V40, ArbosVersion::V51, ArbosVersion::V60] {
        let world = World::new(arbos);
        let version = arbos.number();
        for line in lines() {
            let given = worded(world.call(line.caller, &line));
            if !world.agrees(&line, &given, version) {
                let Line {
                    to,
                    signature,
                    arguments,
                    answer,
                    ..
                } = line;
                wrong += &format!(
                    "ArbOS {version} {to} {signature} | {arguments}\n    expected {answer}\n    got      {given}\n"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_method_of_the_owner_refuses_everybody_else() {
    let world = World::new(ArbosVersion::V60);
    for line in lines().filter(|line| line.to == ARB_OWNER) {
        let given = worded(world.call("user", &line));
        let refused = "# unauthorized caller to access-controlled method";
        assert_eq!(given, refused, "{}", line.signature);
    }
}

#[test]
fn the_table_has_every_method_and_no_other() {
    let has_table = |to: &Address| table::TABLES.iter().any(|(known, _)| known == to);
    assert!(addresses(60).all(|address| has_table(&address)));
    let ours: BTreeSet<_> = methods()
        .map(|(to, signature, _)| (to, signature))
        .collect();
    let is_node = |to: Address| [NODE_INTERFACE, NODE_INTERFACE_DEBUG].contains(&to);
    let listed: BTreeSet<_> = lines()
        .filter(|line| !is_node(line.to))
        .map(|line| (line.to, line.signature))
        .collect();
    assert_eq!(ours, listed);
}
