//! Tells cargo-stylus the interface and the constructor.

fn main() {
    confluence_kit::export::main(
        confluence_delegator_pool::ENTRIES,
        include_str!("../../abi/sol/l2/IDelegatorPool.sol"),
    );
}
