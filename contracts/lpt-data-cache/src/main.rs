//! Tells cargo-stylus the interface and the constructor.

fn main() {
    confluence_kit::export::main(
        confluence_lpt_data_cache::ENTRIES,
        include_str!("../../abi/sol/l2/IL2LPTDataCache.sol"),
    );
}
