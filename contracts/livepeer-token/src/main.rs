//! Tells cargo-stylus the interface and the constructor.

fn main() {
    confluence_kit::export::main(
        confluence_livepeer_token::ENTRIES,
        include_str!("../../abi/sol/l2/ILivepeerToken.sol"),
    );
}
