//! What Livepeer's own contracts take for the same transactions.
//! Always holds: the figures are those of `data/reference.json`, which names its source; nothing here changes them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::GasError;

const TABLE: &str = include_str!("data/reference.json");

/// One transaction of the original.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Original {
    /// The scenario.
    pub id: String,
    /// A transaction, or a view that was sent as one.
    pub kind: String,
    /// Whom it calls.
    pub contract: String,
    /// What it calls.
    pub method: String,
    /// Gas of the receipt.
    pub gas_used: u64,
}

/// How scenarios without hints end.
const UNHINTED: &str = ".nohint";
/// How those end whose hints do not help.
const UNHELPFUL: [&str; 2] = [".wronghint", ".strangers"];

/// Whether a scenario has no figure of the original's that is quite its own.
pub(super) fn is_borrowed(id: &str) -> bool {
    UNHELPFUL.iter().any(|hints| id.ends_with(hints))
}

/// The table, by id.
#[derive(Debug, Clone)]
pub struct Reference(BTreeMap<String, Original>);

impl Reference {
    /// Reads the table that is compiled in.
    ///
    /// # Errors
    /// [`GasError::Table`].
    pub fn load() -> Result<Self, GasError> {
        #[derive(Deserialize)]
        struct Table {
            rows: Vec<Original>,
        }
        let table: Table = serde_json::from_str(TABLE).map_err(|source| GasError::Table {
            what: "reference figures",
            source,
        })?;
        let by_id = table.rows.into_iter().map(|row| (row.id.clone(), row));
        Ok(Self(by_id.collect()))
    }

    /// The original's figures. With hints that do not help it walks through its list as without any, and checks them first:
    /// what it takes without stands for that.
    ///
    /// # Errors
    /// [`GasError::NoReference`].
    pub fn of(&self, id: &str) -> Result<&Original, GasError> {
        let unhinted = UNHELPFUL
            .iter()
            .find_map(|hints| Some(format!("{}{UNHINTED}", id.strip_suffix(hints)?)));
        let found = self.0.get(unhinted.as_deref().unwrap_or(id));
        found.ok_or_else(|| GasError::NoReference(id.to_owned()))
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
