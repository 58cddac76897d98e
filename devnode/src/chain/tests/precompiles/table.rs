//! What every method of every precompile answers, in Nitro's words; one line each, some with several.
//!
//! `since signature | caller | arguments | answer`, arguments and answers in words: numbers, or names that `mod.rs` explains. An
//! answer is `= words`, `! error` (a revert that gives the rest of the gas back; without data if no error is named), `x` (an
//! empty revert that takes all gas) or `# text` (a failure that is no revert). `_` is any word.

use alloy_primitives::Address;

use crate::arbos::address::*;

pub(super) const TABLES: &[(Address, &str)] = &[
    (ARB_SYS, SYS),
    (ARB_INFO, INFO),
    (ARB_ADDRESS_TABLE, ADDRESS_TABLE),
    (ARB_BLS, ""),
    (ARB_FUNCTION_TABLE, FUNCTION_TABLE),
    (ARBOS_TEST, "40 burnArbGas(uint256) | user | 100 | ="),
    (ARB_OWNER_PUBLIC, OWNER_PUBLIC),
    (ARB_GAS_INFO, GAS_INFO),
    (ARB_AGGREGATOR, AGGREGATOR),
    (ARB_RETRYABLE_TX, RETRYABLE_TX),
    (ARB_STATISTICS, "40 getStats() | user | | = head 0 0 0 0 0"),
    (ARB_OWNER, super::owner::TABLE),
    (ARB_WASM, WASM),
    (ARB_WASM_CACHE, WASM_CACHE),
    (ARB_NATIVE_TOKEN_MANAGER, NATIVE_TOKEN),
    (ARB_FILTERED_TRANSACTIONS_MANAGER, FILTERED),
    (ARB_DEBUG, DEBUG),
    (ARBOS, ACTS),
    (NODE_INTERFACE, NODE),
    (NODE_INTERFACE_DEBUG, NODE_DEBUG),
];

const SYS: &str = "
40 arbBlockNumber() | user | | = head
40 arbBlockHash(uint256) | user | parent | = parentHash
40 arbBlockHash(uint256) | user | 1000 | ! InvalidBlockNumber(1000, HEAD)
40 arbChainID() | user | | = 412346
40 arbOSVersion() | user | | = 55+version
40 getStorageGasAvailable() | user | | = 0
40 isTopLevelCall() | user | | = 1
40 mapL1SenderContractAddressToL2Alias(address,address) | user | user 0 | = alias
40 wasMyCallersAddressAliased() | user | | = 0
40 myCallersAddressWithoutAliasing() | user | | = 0
40 withdrawEth(address) | user | user | = 1
40 sendTxToL1(address,bytes) | user | user 64 0 | = 1
40 sendMerkleTreeState() | user | | !
40 sendMerkleTreeState() | zero | | = 1 sendRoot 96 1 sendRoot
";

const INFO: &str = "
40 getBalance(address) | user | heir | = 77
40 getCode(address) | user | sys | = 32 1 0xfe00000000000000000000000000000000000000000000000000000000000000
40 getCode(address) | user | user | = 32 0
";

const ADDRESS_TABLE: &str = "
40 addressExists(address) | user | heir | = 1
40 addressExists(address) | user | user | = 0
40 compress(address) | user | heir | = 32 1 0x8000000000000000000000000000000000000000000000000000000000000000
40 compress(address) | user | sys | = 32 21 0x9400000000000000000000000000000000000000640000000000000000000000
40 decompress(bytes,uint256) | user | 64 0 1 0x8000000000000000000000000000000000000000000000000000000000000000 | = heir 1
40 decompress(bytes,uint256) | user | 64 0 1 0x0700000000000000000000000000000000000000000000000000000000000000 | !
40 lookup(address) | user | heir | = 0
40 lookup(address) | user | user | !
40 lookupIndex(uint256) | user | 0 | = heir
40 lookupIndex(uint256) | user | 1 | !
40 register(address) | user | user | = 1
40 register(address) | user | heir | = 0
40 size() | user | | = 1
";

const FUNCTION_TABLE: &str = "
40 upload(bytes) | user | 32 0 | =
40 size(address) | user | user | = 0
40 get(address,uint256) | user | user 0 | !
";

const OWNER_PUBLIC: &str = "
40 isChainOwner(address) | user | owner | = 1
40 isChainOwner(address) | user | user | = 0
40 rectifyChainOwner(address) | user | owner | !
40 rectifyChainOwner(address) | user | user | !
40 getAllChainOwners() | user | | = 32 2 zero owner
41 isNativeTokenOwner(address) | user | user | = 0
41 getAllNativeTokenOwners() | user | | = 32 0
50 getNativeTokenManagementFrom() | user | | = 0
40 getNetworkFeeAccount() | user | | = 0
40 getInfraFeeAccount() | user | | = 0
40 getBrotliCompressionLevel() | user | | = 1
40 getScheduledUpgrade() | user | | = 0 0
40 isCalldataPriceIncreaseEnabled() | user | | = priceIncrease
50 getParentGasFloorPerToken() | user | | = 0
60 getMaxStylusContractFragments() | user | | = 4
60 getCollectTips() | user | | = 0
60 isTransactionFilterer(address) | user | user | = 0
60 getAllTransactionFilterers() | user | | = 32 0
60 getTransactionFilteringFrom() | user | | = 0
60 getFilteredFundsRecipient() | user | | = 0
";

const GAS_INFO: &str = "
40 getPricesInWei() | user | | = 0 0 2000000000000 100000000 0 100000000
40 getPricesInWeiWithAggregator(address) | user | user | = 0 0 2000000000000 100000000 0 100000000
40 getPricesInArbGas() | user | | = 0 0 20000
40 getPricesInArbGasWithAggregator(address) | user | user | = 0 0 20000
40 getGasAccountingParams() | user | | = 7000000 32000000 32000000
40 getMinimumGasPrice() | user | | = 100000000
40 getL1BaseFeeEstimate() | user | | = 0
40 getL1GasPriceEstimate() | user | | = 0
40 getL1BaseFeeEstimateInertia() | user | | = 10
40 getL1RewardRate() | user | | = 10
40 getL1RewardRecipient() | user | | = 0
40 getCurrentTxL1GasFees() | user | | = 0
40 getGasBacklog() | user | | = _
40 getPricingInertia() | user | | = 102
40 getGasBacklogTolerance() | user | | = 10
40 getL1PricingSurplus() | user | | = 0
40 getPerBatchGasCharge() | user | | = 210000
40 getAmortizedCostCapBips() | user | | = 0
40 getL1FeesAvailable() | user | | = 0
40 getL1PricingEquilibrationUnits() | user | | = 160000000
40 getLastL1PricingUpdateTime() | user | | = 0
40 getL1PricingFundsDueForRewards() | user | | = 0
40 getL1PricingUnitsSinceUpdate() | user | | = _
40 getLastL1PricingSurplus() | user | | = 0
50 getMaxTxGasLimit() | user | | = 32000000
50 getMaxBlockGasLimit() | user | | = 32000000
50 getGasPricingConstraints() | user | | = 32 0
60 getMultiGasPricingConstraints() | user | | = 32 0
60 getMultiGasBaseFee() | user | | = 32 8 100000000 100000000 100000000 100000000 100000000 100000000 100000000 100000000
";

const AGGREGATOR: &str = "
40 getPreferredAggregator(address) | user | user | = sequencer 1
40 getDefaultAggregator() | user | | = sequencer
40 getBatchPosters() | user | | = 32 1 sequencer
40 addBatchPoster(address) | user | user | !
40 addBatchPoster(address) | owner | user | =
40 getFeeCollector(address) | user | sequencer | = sequencer
40 getFeeCollector(address) | user | user | !
40 setFeeCollector(address,address) | user | sequencer user | !
40 setFeeCollector(address,address) | owner | sequencer user | =
40 getTxBaseFee(address) | user | user | = 0
40 setTxBaseFee(address,uint256) | user | user 5 | =
";

const RETRYABLE_TX: &str = "
40 redeem(bytes32) | user | ticket | = _
40 redeem(bytes32) | user | 5 | ! NoTicketWithID()
40 getLifetime() | user | | = 604800
40 getTimeout(bytes32) | user | ticket | = 1800604800
40 getTimeout(bytes32) | user | 5 | ! NoTicketWithID()
40 keepalive(bytes32) | user | ticket | = 1801209600
40 keepalive(bytes32) | user | 5 | ! NoTicketWithID()
40 getBeneficiary(bytes32) | user | ticket | = heir
40 getBeneficiary(bytes32) | user | 5 | ! NoTicketWithID()
40 cancel(bytes32) | user | ticket | !
40 cancel(bytes32) | heir | ticket | =
40 cancel(bytes32) | heir | 5 | ! NoTicketWithID()
40 getCurrentRedeemer() | user | | = 0
40 submitRetryable(bytes32,uint256,uint256,uint256,uint256,uint64,uint256,address,address,address,bytes) | user | 0 0 0 0 0 0 0 0 0 0 352 0 | ! NotCallable()
";

const WASM: &str = "
40 activateProgram(address) | user | program | ! ProgramUpToDate()
40 activateProgram(address) | user | user | ! ProgramNotWasm()
40 codehashKeepalive(bytes32) | user | codehash | ! ProgramKeepaliveTooSoon(0)
40 codehashKeepalive(bytes32) | user | 5 | ! ProgramNotActivated()
40 stylusVersion() | user | | = stylus
40 inkPrice() | user | | = 10000
40 maxStackDepth() | user | | = stack
40 freePages() | user | | = 2
40 pageGas() | user | | = 1000
40 pageRamp() | user | | = 620674314
40 pageLimit() | user | | = 128
40 minInitGas() | user | | = 8832 352
40 initCostScalar() | user | | = 100
40 expiryDays() | user | | = 365
40 keepaliveDays() | user | | = 31
40 blockCacheSize() | user | | = 32
59 activationGas() | user | | = 0
40 codehashVersion(bytes32) | user | codehash | = stylus
40 codehashVersion(bytes32) | user | 5 | ! ProgramNotActivated()
40 codehashAsmSize(bytes32) | user | codehash | = _
40 codehashAsmSize(bytes32) | user | 5 | ! ProgramNotActivated()
40 programVersion(address) | user | program | = stylus
40 programVersion(address) | user | user | ! ProgramNotActivated()
40 programInitGas(address) | user | program | = _ _
40 programInitGas(address) | user | user | ! ProgramNotActivated()
40 programMemoryFootprint(address) | user | program | = 1
40 programMemoryFootprint(address) | user | user | ! ProgramNotActivated()
40 programTimeLeft(address) | user | program | = 31536000
40 programTimeLeft(address) | user | user | ! ProgramNotActivated()
";

const WASM_CACHE: &str = "
40 isCacheManager(address) | user | user | = 0
40 allCacheManagers() | user | | = 32 0
40 cacheCodehash(bytes32) | owner | codehash | x
40 cacheProgram(address) | user | program | x
40 cacheProgram(address) | owner | program | =
40 cacheProgram(address) | owner | user | ! ProgramNeedsUpgrade(0, STYLUS)
40 evictCodehash(bytes32) | user | codehash | x
40 evictCodehash(bytes32) | owner | codehash | =
40 codehashIsCached(bytes32) | user | codehash | = 0
";

const NATIVE_TOKEN: &str = "
41 mintNativeToken(uint256) | owner | 5 | x
41 burnNativeToken(uint256) | owner | 5 | x
";

const FILTERED: &str = "
60 addFilteredTransaction(bytes32) | owner | 5 | x
60 deleteFilteredTransaction(bytes32) | owner | 5 | x
60 isTransactionFiltered(bytes32) | user | 5 | = 0
";

const DEBUG: &str = r"
40 becomeChainOwner() | user | | =
40 events(bool,bytes32) | user | 1 5 | = user 0
40 eventsView() | user | | !
40 customRevert(uint64) | user | 7 | ! Custom(7, This spider family wards off bugs: /\oo/\ //\(oo)//\ /\oo/\, true)
40 panic() | user | | # called ArbDebug's debug-only Panic method
40 legacyError() | user | | !
50 overwriteContractCode(address,bytes) | user | sys 64 0 | = 32 1 0xfe00000000000000000000000000000000000000000000000000000000000000
";

const ACTS: &str = "
40 startBlock(uint256,uint64,uint64,uint64) | owner | 0 0 0 0 | ! CallerNotArbOS()
40 batchPostingReport(uint256,address,uint64,uint64,uint256) | owner | 0 0 0 0 0 | ! CallerNotArbOS()
50 batchPostingReportV2(uint256,address,uint64,uint64,uint64,uint64,uint256) | owner | 0 0 0 0 0 0 0 | ! CallerNotArbOS()
";

const NODE: &str = "
40 estimateRetryableTicket(address,uint256,address,uint256,address,address,bytes) | user | user 0 user 0 user user 224 0 | = _
40 gasEstimateComponents(address,bool,bytes) | user | heir 0 96 0 | = 21000 0 100000000 0
40 gasEstimateL1Component(address,bool,bytes) | user | heir 0 96 0 | = 0 100000000 0
40 constructOutboxProof(uint64,uint64) | user | 1 0 | = _ sendRoot 96 0
40 constructOutboxProof(uint64,uint64) | user | 1 5 | # execution reverted
40 nitroGenesisBlock() | user | | = 0
40 blockL1Num(uint64) | user | head | = 1
40 blockL1Num(uint64) | user | 1000 | # execution reverted
40 l2BlockRangeForL1(uint64) | user | 1 | = ticketBlock head
40 l2BlockRangeForL1(uint64) | user | 9 | # execution reverted
40 findBatchContainingBlock(uint64) | user | 0 | = 0
40 findBatchContainingBlock(uint64) | user | 1 | # execution reverted
40 getL1Confirmations(bytes32) | user | parentHash | = 0
40 legacyLookupMessageBatchProof(uint256,uint64) | user | 0 0 | # execution reverted
";

const NODE_DEBUG: &str = "
40 getRetryable(bytes32) | user | ticket | = 32 1800604800 alias target 0 heir 0 224 0
40 getRetryable(bytes32) | user | 5 | # execution reverted
";
