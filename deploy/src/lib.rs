//! The crate and CLI that move Livepeer from Ethereum to Arbitrum.
