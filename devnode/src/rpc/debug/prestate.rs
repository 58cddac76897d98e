//! `prestateTracer`: the accounts an execution looked at, as they were before; or what it changed.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, Bytes, U256};
use serde::Serialize;

use super::config::PrestateSettings;
use crate::{
    chain::{TouchedAccount, TracedAccount},
    rpc::{error::Answer, json},
};

#[derive(Clone, Debug, Default, Serialize)]
struct AccountJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    balance: Option<U256>,
    #[serde(skip_serializing_if = "<[u8]>::is_empty")]
    code: Bytes,
    /// A plain number, as go-ethereum writes it here.
    #[serde(skip_serializing_if = "is_zero")]
    nonce: u64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    storage: BTreeMap<B256, B256>,
}

const fn is_zero(nonce: &u64) -> bool {
    *nonce == 0
}

type Accounts = BTreeMap<Address, AccountJson>;

#[derive(Debug, Default, Serialize)]
struct Difference {
    post: Accounts,
    pre: Accounts,
}

pub(super) fn answer(touched: &[TouchedAccount], settings: PrestateSettings) -> Answer {
    if settings.diff {
        json::answer(&difference(touched, settings))
    } else {
        json::answer(&before(touched, settings))
    }
}

fn whole(account: &TracedAccount, settings: PrestateSettings) -> AccountJson {
    AccountJson {
        balance: Some(account.balance),
        code: if settings.no_code {
            Bytes::new()
        } else {
            account.code.clone()
        },
        nonce: account.nonce,
        storage: BTreeMap::new(),
    }
}

fn before(touched: &[TouchedAccount], settings: PrestateSettings) -> Accounts {
    touched
        .iter()
        // What the execution itself created was not there.
        .filter(|account| account.before.is_some() || account.after.as_ref().is_none_or(is_plain))
        .map(|account| {
            let none = TracedAccount {
                nonce: 0,
                balance: U256::ZERO,
                code: Bytes::new(),
            };
            let mut json = whole(account.before.as_ref().unwrap_or(&none), settings);
            if !settings.no_storage {
                json.storage = account
                    .slots
                    .iter()
                    .map(|slot| (slot.0.into(), slot.1.into()))
                    .collect();
            }
            (account.address, json)
        })
        .collect()
}

fn is_plain(account: &TracedAccount) -> bool {
    account.code.is_empty()
}

fn difference(touched: &[TouchedAccount], settings: PrestateSettings) -> Difference {
    let mut difference = Difference::default();
    for account in touched {
        let slots = || {
            account
                .slots
                .iter()
                .filter(|slot| !settings.no_storage && slot.1 != slot.2)
        };
        if account.before == account.after && slots().next().is_none() {
            continue;
        }
        if let Some(was) = &account.before {
            let mut json = whole(was, settings);
            let known = slots().filter(|slot| !slot.1.is_zero());
            json.storage = known.map(|slot| (slot.0.into(), slot.1.into())).collect();
            difference.pre.insert(account.address, json);
        }
        if let Some(is) = &account.after {
            let was = account.before.as_ref();
            let mut json = whole(is, settings);
            if was.is_some_and(|was| was.balance == is.balance) {
                json.balance = None;
            }
            if was.is_some_and(|was| was.code == is.code) {
                json.code = Bytes::new();
            }
            if was.is_some_and(|was| was.nonce == is.nonce) {
                json.nonce = 0;
            }
            let set = slots().filter(|slot| !slot.2.is_zero());
            json.storage = set.map(|slot| (slot.0.into(), slot.2.into())).collect();
            difference.post.insert(account.address, json);
        }
    }
    difference
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(balance: u64, nonce: u64) -> Option<TracedAccount> {
        Some(TracedAccount {
            nonce,
            balance: U256::from(balance),
            code: Bytes::new(),
        })
    }

    fn slot(key: u64, was: u64, is: u64) -> (U256, U256, U256) {
        (U256::from(key), U256::from(was), U256::from(is))
    }

    #[test]
    fn a_difference_names_only_what_changed() {
        let touched = [
            TouchedAccount {
                address: Address::repeat_byte(1),
                before: account(5, 1),
                after: account(5, 2),
                slots: vec![slot(1, 7, 7), slot(2, 0, 9), slot(3, 8, 0)],
            },
            TouchedAccount {
                address: Address::repeat_byte(2),
                before: account(1, 1),
                after: account(1, 1),
                slots: vec![],
            },
        ];
        let diff = difference(&touched, PrestateSettings::default());
        assert_eq!((diff.pre.len(), diff.post.len()), (1, 1));
        let (pre, post) = (
            &diff.pre[&touched[0].address],
            &diff.post[&touched[0].address],
        );
        assert_eq!((pre.balance, pre.nonce), (Some(U256::from(5)), 1));
        assert_eq!((post.balance, post.nonce), (None, 2));
        let word = |number: u64| B256::from(U256::from(number));
        assert_eq!(pre.storage, BTreeMap::from([(word(3), word(8))]));
        assert_eq!(post.storage, BTreeMap::from([(word(2), word(9))]));
    }
}
