//! Tells cargo-stylus the interface and the constructor.

fn main() {
    confluence_kit::export::main(
        confluence_l2_migrator::ENTRIES,
        include_str!("../../abi/sol/l2/IL2Migrator.sol"),
    );
}
