//! Tells cargo-stylus the interface and the constructor.

fn main() {
    confluence_kit::export::main(
        confluence_poll::ENTRIES,
        include_str!("../../abi/sol/l2/IPollCreator.sol"),
    );
}
