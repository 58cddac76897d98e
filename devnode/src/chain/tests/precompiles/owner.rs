//! `ArbOwner`'s part of the table. An owner's refused call costs nothing, hence no `x`; everybody else gets the same answer from
//! all of them, which `mod.rs` asks for as well.

pub(super) const TABLE: &str = "
40 addChainOwner(address) | owner | user | =
40 removeChainOwner(address) | owner | owner | =
40 removeChainOwner(address) | owner | user | !
40 isChainOwner(address) | owner | owner | = 1
40 getAllChainOwners() | owner | | = 32 2 zero owner
40 getNetworkFeeAccount() | owner | | = 0
40 getInfraFeeAccount() | owner | | = 0
40 setNetworkFeeAccount(address) | owner | user | =
40 setInfraFeeAccount(address) | owner | user | =
40 scheduleArbOSUpgrade(uint64,uint64) | owner | 60 5 | =
40 setChainConfig(string) | owner | 32 0 | =
40 setBrotliCompressionLevel(uint64) | owner | 11 | =
40 setBrotliCompressionLevel(uint64) | owner | 12 | !
40 setCalldataPriceIncrease(bool) | owner | 1 | =
40 setCalldataPriceIncrease(bool) | owner | 2 | !
60 setCollectTips(bool) | owner | 1 | =
40 setL2BaseFee(uint256) | owner | 5 | =
40 setMinimumL2BaseFee(uint256) | owner | 5 | =
40 setMinimumL2BaseFee(uint256) | owner | 0 | !
40 setSpeedLimit(uint64) | owner | 5 | =
40 setSpeedLimit(uint64) | owner | 0 | !
40 setMaxTxGasLimit(uint64) | owner | 5 | =
50 setMaxBlockGasLimit(uint64) | owner | 5 | =
40 setL2GasPricingInertia(uint64) | owner | 5 | =
40 setL2GasPricingInertia(uint64) | owner | 0 | !
40 setL2GasBacklogTolerance(uint64) | owner | 5 | =
50 setGasBacklog(uint64) | owner | 5 | =
50 setGasPricingConstraints(uint64[3][]) | owner | 32 1 7 8 9 | =
50 setGasPricingConstraints(uint64[3][]) | owner | 32 1 0 8 9 | !
60 setMultiGasPricingConstraints(tuple[]) | owner | 32 0 | =
40 setL1BaseFeeEstimateInertia(uint64) | owner | 5 | =
40 setL1PricingInertia(uint64) | owner | 5 | =
40 setL1PricingEquilibrationUnits(uint256) | owner | 5 | =
40 setL1PricingRewardRecipient(address) | owner | user | =
40 setL1PricingRewardRate(uint64) | owner | 5 | =
40 setL1PricePerUnit(uint256) | owner | 5 | =
50 setParentGasFloorPerToken(uint64) | owner | 5 | =
40 setPerBatchGasCharge(int64) | owner | 5 | =
40 setAmortizedCostCapBips(uint64) | owner | 5 | =
40 releaseL1PricerSurplusFunds(uint256) | owner | 5 | = 0
40 setInkPrice(uint32) | owner | 5 | =
40 setInkPrice(uint32) | owner | 0 | !
40 setWasmMaxStackDepth(uint32) | owner | 5 | =
40 setWasmFreePages(uint16) | owner | 5 | =
40 setWasmPageGas(uint16) | owner | 5 | =
40 setWasmPageLimit(uint16) | owner | 5 | =
40 setWasmMinInitGas(uint8,uint16) | owner | 5 5 | =
40 setWasmInitCostScalar(uint64) | owner | 5 | =
40 setWasmExpiryDays(uint16) | owner | 5 | =
40 setWasmKeepaliveDays(uint16) | owner | 5 | =
40 setWasmBlockCacheSize(uint16) | owner | 5 | =
40 setWasmMaxSize(uint32) | owner | 5 | =
59 setWasmActivationGas(uint64) | owner | 5 | =
60 setMaxStylusContractFragments(uint8) | owner | 5 | =
40 addWasmCacheManager(address) | owner | user | =
40 removeWasmCacheManager(address) | owner | user | !
41 setNativeTokenManagementFrom(uint64) | owner | 0 | =
41 setNativeTokenManagementFrom(uint64) | owner | 1800604799 | !
41 setNativeTokenManagementFrom(uint64) | owner | 1800604800 | =
41 addNativeTokenOwner(address) | owner | user | !
41 removeNativeTokenOwner(address) | owner | user | !
41 isNativeTokenOwner(address) | owner | user | = 0
41 getAllNativeTokenOwners() | owner | | = 32 0
60 setTransactionFilteringFrom(uint64) | owner | 0 | =
60 setTransactionFilteringFrom(uint64) | owner | 5 | !
60 addTransactionFilterer(address) | owner | user | !
60 removeTransactionFilterer(address) | owner | user | !
60 isTransactionFilterer(address) | owner | user | = 0
60 getAllTransactionFilterers() | owner | | = 32 0
60 setFilteredFundsRecipient(address) | owner | user | =
60 getFilteredFundsRecipient() | owner | | = 0
";
