//! Tells cargo-stylus the interface and the constructor.

fn main() {
    confluence_kit::export::main(
        confluence_switch_over::ENTRIES,
        include_str!("../../abi/sol/l2/IL2SwitchOver.sol"),
    );
}
