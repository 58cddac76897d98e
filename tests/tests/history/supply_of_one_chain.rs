//! a28b1ce, MinterGlobalTotalSupplyFix. A round's tokens were a share of the LPT on L2 alone, while the bonding rate counted both
//! chains: the less had been bridged, the less anybody earned.
//! Both are of all LPT there is, what circulates on L1 included.

use alloy_primitives::U256;
use confluence_abi::IMinter;
use confluence_tests::twin::{Action, LPT, Parameters, Twin};

#[test]
fn a_rounds_tokens_are_a_share_of_both_chains_supply() {
    let mut t = Twin::new(
        Parameters {
            inflation: 1_000_000,
            inflation_change: 0,
            l1_circulating_supply: 600_000 * LPT,
            ..Parameters::default()
        },
        4,
        100_000 * LPT,
    );
    let o = t.accounts[0];
    t.must(o, &Action::bond(100 * LPT, o));
    t.next_round();
    let minter = t.model.at.minter;
    let supply = t.world.read(minter, &IMinter::getGlobalTotalSupplyCall {});
    assert_eq!(supply, U256::from(1_000_000 * LPT));
    let mintable = t.world.read(minter, &IMinter::currentMintableTokensCall {});
    assert_eq!(mintable, U256::from(1_000 * LPT), "a thousandth");
}

#[test]
fn bonding_rate_is_of_both_chains_supply() {
    // Of 400,000 on L2 all but nothing is bonded, but that is less than half of 1,000,000: inflation rises.
    let mut t = Twin::new(
        Parameters {
            l1_circulating_supply: 600_000 * LPT,
            ..Parameters::default()
        },
        4,
        100_000 * LPT,
    );
    for who in t.accounts.clone() {
        t.must(who, &Action::bond(100_000 * LPT, who));
    }
    let before = t.model.minter.inflation.clone();
    t.next_round();
    assert!(t.model.minter.inflation > before);
    t.compare_views();
}
