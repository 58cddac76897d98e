//! ArbOS's precompiles, as far as they are used here: what they are called, and where they are.

use alloy::{
    primitives::{Address, address},
    sol,
};

/// Activates Stylus programs and tells about them.
pub const ARB_WASM: Address = address!("0x0000000000000000000000000000000000000071");
/// Keeps programs ready to run, so that a call pays less to enter.
pub const ARB_WASM_CACHE: Address = address!("0x0000000000000000000000000000000000000072");
/// Development chains only.
pub const ARB_DEBUG: Address = address!("0x00000000000000000000000000000000000000ff");

sol! {
    /// 0x71
    #[derive(Debug)]
    interface ArbWasm {
        event ProgramActivated(bytes32 indexed codehash, bytes32 moduleHash, address program, uint256 dataFee, uint16 version);

        error ProgramNotWasm();
        error ProgramNotActivated();
        error ProgramNeedsUpgrade(uint16 version, uint16 stylusVersion);
        error ProgramExpired(uint64 ageInSeconds);
        error ProgramUpToDate();
        error ProgramInsufficientValue(uint256 have, uint256 want);

        function activateProgram(address program) external payable returns (uint16 version, uint256 dataFee);
        function programInitGas(address program) external view returns (uint64 gas, uint64 gasWhenCached);
        function programMemoryFootprint(address program) external view returns (uint16 footprint);
        function programTimeLeft(address program) external view returns (uint64 secs);
        function stylusVersion() external view returns (uint16 version);
    }

    /// 0x72
    #[derive(Debug)]
    interface ArbWasmCache {
        function cacheProgram(address program) external;
        function evictCodehash(bytes32 codehash) external;
        function codehashIsCached(bytes32 codehash) external view returns (bool);
        function allCacheManagers() external view returns (address[] managers);
    }

    /// 0xff
    #[derive(Debug)]
    interface ArbDebug {
        function becomeChainOwner() external;
    }
}
