//! Values of the ArbOS state that belong to no part of it, and the sets of privileged accounts.

use alloy_primitives::{Address, B256, U256};

use super::{AddressSet, Blob, Cell, Space};

/// ArbOS version; zero before genesis.
pub(crate) const VERSION: Cell<u64> = Cell::at(Space::Root, 0);
/// Version of the scheduled upgrade; zero for none.
pub(crate) const UPGRADE_VERSION: Cell<u64> = Cell::at(Space::Root, 1);
/// Unix time from which it is due.
pub(crate) const UPGRADE_TIME: Cell<u64> = Cell::at(Space::Root, 2);
/// Gets what users pay for computation.
pub(crate) const NETWORK_FEE_ACCOUNT: Cell<Address> = Cell::at(Space::Root, 3);
/// L2 chain id.
pub(crate) const CHAIN_ID: Cell<U256> = Cell::at(Space::Root, 4);
/// Gets the minimum base fee's share; zero for nobody.
pub(crate) const INFRA_FEE_ACCOUNT: Cell<Address> = Cell::at(Space::Root, 6);
/// Brotli quality by which the L1 share of a transaction is measured.
pub(crate) const BROTLI_LEVEL: Cell<u64> = Cell::at(Space::Root, 7);
/// Unix time from which the native token can have owners; zero for never.
pub(crate) const NATIVE_TOKEN_FROM: Cell<u64> = Cell::at(Space::Root, 8);
/// Unix time from which transactions can be filtered; zero for never.
pub(crate) const FILTERING_FROM: Cell<u64> = Cell::at(Space::Root, 9);
/// Gets the funds of filtered deposits; zero for the network fee account.
pub(crate) const FILTERED_FUNDS_RECIPIENT: Cell<Address> = Cell::at(Space::Root, 10);
/// Whether tips are collected.
pub(crate) const COLLECT_TIPS: Cell<bool> = Cell::at(Space::Root, 11);
/// Whether the EIP-7623 calldata floor applies.
pub(crate) const CALLDATA_PRICE_INCREASE: Cell<bool> = Cell::at(Space::Root, 12);

/// Accounts that may call `ArbOwner`.
pub(crate) const CHAIN_OWNERS: AddressSet = AddressSet(Space::ChainOwners);
/// Accounts that may mint and burn the native token.
pub(crate) const NATIVE_TOKEN_OWNERS: AddressSet = AddressSet(Space::NativeTokenOwners);
/// Accounts that may filter transactions.
pub(crate) const TRANSACTION_FILTERERS: AddressSet = AddressSet(Space::TransactionFilterers);
/// The chain configuration as JSON.
pub(crate) const CHAIN_CONFIG: Blob = Blob::new(Space::ChainConfig, B256::ZERO, 0);
