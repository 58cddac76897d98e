// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title BondingManager
/// @notice Who staked how much with whom, and what it earned.
interface IBondingManager {
    event Bond(
        address indexed newDelegate,
        address indexed oldDelegate,
        address indexed delegator,
        uint256 additionalAmount,
        uint256 bondedAmount
    );
    event EarningsClaimed(
        address indexed delegate,
        address indexed delegator,
        uint256 rewards,
        uint256 fees,
        uint256 startRound,
        uint256 endRound
    );
    event ParameterUpdate(string param);
    event Rebond(address indexed delegate, address indexed delegator, uint256 unbondingLockId, uint256 amount);
    event Reward(address indexed transcoder, uint256 amount);
    event SetController(address controller);
    event TranscoderActivated(address indexed transcoder, uint256 activationRound);
    event TranscoderDeactivated(address indexed transcoder, uint256 deactivationRound);
    event TranscoderSlashed(address indexed transcoder, address finder, uint256 penalty, uint256 finderReward);
    event TranscoderUpdate(address indexed transcoder, uint256 rewardCut, uint256 feeShare);
    event TransferBond(
        address indexed oldDelegator,
        address indexed newDelegator,
        uint256 oldUnbondingLockId,
        uint256 newUnbondingLockId,
        uint256 amount
    );
    event Unbond(
        address indexed delegate,
        address indexed delegator,
        uint256 unbondingLockId,
        uint256 amount,
        uint256 withdrawRound
    );
    event WithdrawFees(address indexed delegator, address recipient, uint256 amount);
    event WithdrawStake(address indexed delegator, uint256 unbondingLockId, uint256 amount, uint256 withdrawRound);
    event ControllerContractUpdate(bytes32 id, address addr);

    /// @notice Stakes `amount` of the caller's LPT towards `to`.
    function bond(uint256 amount, address to) external;
    /// @notice Stakes `amount` of the caller's LPT for `owner` towards `to`.
    function bondForWithHint(
        uint256 amount,
        address owner,
        address to,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address currDelegateNewPosPrev,
        address currDelegateNewPosNext
    ) external;
    /// @notice Stakes the caller's LPT for a DelegatorPool, without a pending round. Only L2Migrator (X3).
    function bondPoolWithHint(
        uint256 amount,
        address pool,
        address to,
        address newPosPrev,
        address newPosNext
    ) external;
    /// @notice `bond` with the old and the new delegate's neighbours in the pool after the change.
    function bondWithHint(
        uint256 amount,
        address to,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address currDelegateNewPosPrev,
        address currDelegateNewPosNext
    ) external;
    /// @notice Credits the caller's earnings up to the current round; `endRound` is ignored.
    function claimEarnings(uint256 endRound) external;
    /// @notice Puts a lock back into the caller's stake.
    function rebond(uint256 unbondingLockId) external;
    /// @notice Puts a lock of an unbonded caller to work for `to`.
    function rebondFromUnbonded(address to, uint256 unbondingLockId) external;
    /// @notice `rebondFromUnbonded` with the delegate's neighbours in the pool after the change.
    function rebondFromUnbondedWithHint(
        address to,
        uint256 unbondingLockId,
        address newPosPrev,
        address newPosNext
    ) external;
    /// @notice `rebond` with the delegate's neighbours in the pool after the change.
    function rebondWithHint(uint256 unbondingLockId, address newPosPrev, address newPosNext) external;
    /// @notice Mints the caller's share of the round's LPT for itself and its delegators.
    function reward() external;
    /// @notice `reward` with the caller's neighbours in the pool after the change.
    function rewardWithHint(address newPosPrev, address newPosNext) external;
    /// @notice Hands this contract to another Controller. Only the Controller.
    function setController(address newController) external;
    /// @notice Takes over the next round's active stake. Only the RoundsManager.
    function setCurrentRoundTotalActiveStake() external;
    /// @notice Enlarges the pool. Only the Controller's owner.
    function setNumActiveTranscoders(uint256 numActiveTranscoders) external;
    /// @notice Rounds a lock lasts. Only the Controller's owner.
    function setUnbondingPeriod(uint64 unbondingPeriod_) external;
    /// @notice Takes part of an orchestrator's stake. Only the Verifier.
    function slashTranscoder(address transcoder, address finder, uint256 slashAmount, uint256 finderFee) external;
    /// @notice Registers the caller's terms as an orchestrator, in millionths.
    function transcoder(uint256 rewardCut, uint256 feeShare) external;
    /// @notice `transcoder` with the caller's neighbours in the pool.
    function transcoderWithHint(uint256 rewardCut, uint256 feeShare, address newPosPrev, address newPosNext) external;
    /// @notice Moves `amount` of the caller's stake to another delegator without unbonding.
    function transferBond(
        address delegator,
        uint256 amount,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address newDelegateNewPosPrev,
        address newDelegateNewPosNext
    ) external;
    /// @notice Takes `amount` out of the caller's stake into a lock.
    function unbond(uint256 amount) external;
    /// @notice `unbond` with the delegate's neighbours in the pool after the change.
    function unbondWithHint(uint256 amount, address newPosPrev, address newPosNext) external;
    /// @notice Credits fees of a winning ticket. Only the TicketBroker.
    function updateTranscoderWithFees(address transcoder, uint256 fees, uint256 round) external;
    /// @notice Pays `amount` wei of the caller's fees to `recipient`.
    function withdrawFees(address recipient, uint256 amount) external;
    /// @notice Pays out a lock whose round has come.
    function withdrawStake(uint256 unbondingLockId) external;
    /// @notice Sets the Controller. Once, in the proxy's constructor.
    function initialize(address controller_) external;
    /// @notice Takes over the other contracts' addresses from the registry. Anyone.
    function syncControllerContracts() external;

    function controller() external view returns (address);
    function currentRoundTotalActiveStake() external view returns (uint256);
    /// @notice 0 Pending, 1 Bonded, 2 Unbonded.
    function delegatorStatus(address delegator) external view returns (uint8);
    function getDelegator(
        address delegator
    ) external view returns (
        uint256 bondedAmount,
        uint256 fees,
        address delegateAddress,
        uint256 delegatedAmount,
        uint256 startRound,
        uint256 lastClaimRound,
        uint256 nextUnbondingLockId
    );
    function getDelegatorUnbondingLock(
        address delegator,
        uint256 unbondingLockId
    ) external view returns (uint256 amount, uint256 withdrawRound);
    function getFirstTranscoderInPool() external view returns (address);
    function getNextTranscoderInPool(address transcoder) external view returns (address);
    function getTotalBonded() external view returns (uint256);
    function getTranscoder(
        address transcoder
    ) external view returns (
        uint256 lastRewardRound,
        uint256 rewardCut,
        uint256 feeShare,
        uint256 lastActiveStakeUpdateRound,
        uint256 activationRound,
        uint256 deactivationRound,
        uint256 activeCumulativeRewards,
        uint256 cumulativeRewards,
        uint256 cumulativeFees,
        uint256 lastFeeRound
    );
    function getTranscoderEarningsPoolForRound(
        address transcoder,
        uint256 round
    ) external view returns (
        uint256 totalStake,
        uint256 transcoderRewardCut,
        uint256 transcoderFeeShare,
        uint256 cumulativeRewardFactor,
        uint256 cumulativeFeeFactor
    );
    function getTranscoderPoolMaxSize() external view returns (uint256);
    function getTranscoderPoolSize() external view returns (uint256);
    function isActiveTranscoder(address transcoder) external view returns (bool);
    /// @notice Whether `transcoder` is active in `round`, and how many are in the last initialised round.
    function activeSet(address transcoder, uint256 round) external view returns (bool isActive, uint256 size);
    function isRegisteredTranscoder(address transcoder) external view returns (bool);
    function isValidUnbondingLock(address delegator, uint256 unbondingLockId) external view returns (bool);
    function nextRoundTotalActiveStake() external view returns (uint256);
    /// @notice Fees in wei after claiming now; `endRound` is ignored.
    function pendingFees(address delegator, uint256 endRound) external view returns (uint256);
    /// @notice Stake after claiming now; `endRound` is ignored.
    function pendingStake(address delegator, uint256 endRound) external view returns (uint256);
    /// @notice 0 NotRegistered, 1 Registered.
    function transcoderStatus(address transcoder) external view returns (uint8);
    function transcoderTotalStake(address transcoder) external view returns (uint256);
    function unbondingPeriod() external view returns (uint64);
}
