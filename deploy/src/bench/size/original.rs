//! The contracts that the programs stand for, from the table in `data/`, which names its source.

use serde::Serialize;

use super::SizeError;

const TABLE: &str = include_str!("data/original.tsv");

/// A contract of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Original {
    /// The program that does its work here.
    #[serde(skip)]
    pub program: &'static str,
    /// Its name.
    pub contract: &'static str,
    /// Bytes of its code on chain.
    pub bytes: usize,
    /// The same had it been built with the optimizer, as some were not.
    pub optimised_bytes: usize,
    /// Gas of creating it, if that was measured.
    pub creation_gas: Option<u64>,
}

/// All of them.
///
/// # Errors
/// [`SizeError::Table`]: the table is compiled in, so that would be a bug.
pub fn original() -> Result<Vec<Original>, SizeError> {
    let lines = TABLE
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#'));
    // the first of them has the columns' names
    lines
        .skip(1)
        .map(|(index, line)| row(line).ok_or(SizeError::Table(index + 1)))
        .collect()
}

fn row(line: &'static str) -> Option<Original> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [program, contract, bytes, optimised, gas] = cells[..] else {
        return None;
    };
    Some(Original {
        program,
        contract,
        bytes: bytes.parse().ok()?,
        optimised_bytes: optimised.parse().ok()?,
        creation_gas: match gas {
            "" => None,
            gas => Some(gas.parse().ok()?),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let all = original().expect("the table");
        assert_eq!(all.len(), 16);
        let bytes: usize = all.iter().map(|contract| contract.bytes).sum();
        assert_eq!(bytes, 100_613);
        assert!(
            all.iter()
                .all(|contract| contract.optimised_bytes <= contract.bytes)
        );
        let unmeasured = all
            .iter()
            .filter(|contract| contract.creation_gas.is_none());
        assert_eq!(
            unmeasured.map(|it| it.contract).collect::<Vec<_>>(),
            ["LivepeerTokenFaucet"]
        );
    }

    #[test]
    fn the_pools_list_counts_as_part_of_the_bonding_manager() {
        let all = original().expect("the table");
        let ours = all.iter().filter(|it| it.program == "bonding-manager");
        let names: Vec<_> = ours.map(|it| it.contract).collect();
        assert_eq!(names, ["BondingManager", "SortedDoublyLL"]);
    }
}
