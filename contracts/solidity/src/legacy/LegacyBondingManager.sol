// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {MINTER, ROUNDS_MANAGER, TICKET_BROKER} from "../interfaces/livepeer/ContractIds.sol";
import {IBondingManager} from "../interfaces/livepeer/IBondingManager.sol";
import {ILegacyBondingManager} from "./ILegacyPeers.sol";
import {LegacyManager} from "./LegacyManager.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

/// @title L1 staking for development and rehearsals: state is loaded, and LIP-73 freezes it.
/// @notice The rules are the original's for orchestrators that keep all they earn (reward cut 100 %,
/// fee share 0): pending and bonded stake are then the same. The pool holds every registered
/// orchestrator, without limit and in no order.
contract LegacyBondingManager is LegacyManager, ILegacyBondingManager {
    using EnumerableSet for EnumerableSet.AddressSet;
    using SafeCast for uint256;

    uint256 private constant ALL = 1_000_000;
    uint256 private constant PRECISE_ONE = 10 ** 27;

    /// @param who The account.
    /// @param delegate Its delegate, itself for an orchestrator, zero for none.
    /// @param stake Pending stake, LPT base units.
    /// @param fees Pending fees, wei.
    struct LoadedDelegator {
        address who;
        address delegate;
        uint128 stake;
        uint128 fees;
    }

    /// @param who The account; the lock gets its next id.
    /// @param amount LPT base units, not part of its stake.
    /// @param withdrawRound Round from which it can be withdrawn.
    struct LoadedLock {
        address who;
        uint128 amount;
        uint128 withdrawRound;
    }

    struct UnbondingLock {
        uint128 amount;
        uint128 withdrawRound;
    }

    struct Delegator {
        uint128 bondedAmount;
        uint128 fees;
        address delegate;
        uint32 startRound;
        uint32 lastClaimRound;
        uint32 nextUnbondingLockId;
        uint128 delegatedAmount;
        uint128 lastRewardRound;
        mapping(uint256 id => UnbondingLock) locks;
    }

    event Bond(
        address indexed newDelegate,
        address indexed oldDelegate,
        address indexed delegator,
        uint256 additionalAmount,
        uint256 bondedAmount
    );
    event Unbond(
        address indexed delegate,
        address indexed delegator,
        uint256 unbondingLockId,
        uint256 amount,
        uint256 withdrawRound
    );
    event Rebond(
        address indexed delegate, address indexed delegator, uint256 unbondingLockId, uint256 amount
    );
    event Reward(address indexed transcoder, uint256 amount);
    event WithdrawStake(
        address indexed delegator, uint256 unbondingLockId, uint256 amount, uint256 withdrawRound
    );
    event WithdrawFees(address indexed delegator);

    /// @notice The account was loaded, or has bonded, before.
    error AlreadyLoaded(address who);

    uint64 public unbondingPeriod;
    uint256 public currentRoundTotalActiveStake;
    uint256 public nextRoundTotalActiveStake;

    mapping(address who => Delegator) private delegators;
    EnumerableSet.AddressSet private pool;

    constructor(address _controller) LegacyManager(_controller) {}

    function setUnbondingPeriod(uint64 _unbondingPeriod) external onlyControllerOwner {
        unbondingPeriod = _unbondingPeriod;
        emit ParameterUpdate("unbondingPeriod");
    }

    /// @notice Loads accounts as of the last claimed round. Emits what the snapshot finds them by.
    function loadDelegators(LoadedDelegator[] calldata loaded) external onlyLoader {
        uint32 round = _currentRound().toUint32();
        uint256 total;
        for (uint256 i = 0; i < loaded.length; i++) {
            LoadedDelegator calldata entry = loaded[i];
            Delegator storage del = delegators[entry.who];
            if (del.lastClaimRound != 0) revert AlreadyLoaded(entry.who);
            del.bondedAmount = entry.stake;
            del.fees = entry.fees;
            del.delegate = entry.delegate;
            del.startRound = round;
            del.lastClaimRound = round;
            if (entry.delegate != address(0)) {
                delegators[entry.delegate].delegatedAmount += entry.stake;
                total += entry.stake;
            }
            if (entry.who == entry.delegate) _joinOrLeavePool(entry.who);
            emit Bond(entry.delegate, address(0), entry.who, entry.stake, entry.stake);
        }
        nextRoundTotalActiveStake += total;
        currentRoundTotalActiveStake += total;
    }

    /// @notice Loads unbonding locks, numbered in order.
    function loadUnbondingLocks(LoadedLock[] calldata loaded) external onlyLoader {
        for (uint256 i = 0; i < loaded.length; i++) {
            LoadedLock calldata entry = loaded[i];
            Delegator storage del = delegators[entry.who];
            uint256 id = del.nextUnbondingLockId++;
            del.locks[id] = UnbondingLock(entry.amount, entry.withdrawRound);
            emit Unbond(del.delegate, entry.who, id, entry.amount, entry.withdrawRound);
        }
    }

    function bond(uint256 _amount, address _to) external whenSystemNotPaused whenRoundInitialized {
        Delegator storage del = delegators[msg.sender];
        address oldDelegate = del.delegate;
        uint128 delegation = _amount.toUint128();
        if (del.bondedAmount > 0 && oldDelegate != _to) {
            require(
                !isRegisteredTranscoder(msg.sender),
                "registered transcoders can't delegate towards other addresses"
            );
            delegation += del.bondedAmount;
            _decreaseTotalStake(oldDelegate, del.bondedAmount);
        }
        require(delegation > 0, "delegation amount must be greater than 0");
        del.delegate = _to;
        del.bondedAmount += _amount.toUint128();
        del.startRound = (_currentRound() + 1).toUint32();
        del.lastClaimRound = _currentRound().toUint32();
        _joinOrLeavePool(msg.sender);
        _increaseTotalStake(_to, delegation);
        if (_amount > 0) {
            _token().transferFrom(msg.sender, _registered(MINTER), _amount);
        }
        emit Bond(_to, oldDelegate, msg.sender, _amount, del.bondedAmount);
    }

    function unbond(uint256 _amount) external whenSystemNotPaused whenRoundInitialized {
        Delegator storage del = delegators[msg.sender];
        require(del.bondedAmount > 0, "caller must be bonded");
        require(_amount > 0, "unbond amount must be greater than 0");
        require(_amount <= del.bondedAmount, "amount is greater than bonded amount");
        uint256 withdrawRound = _currentRound() + unbondingPeriod;
        uint256 id = del.nextUnbondingLockId++;
        del.locks[id] = UnbondingLock(_amount.toUint128(), withdrawRound.toUint128());
        address delegate = del.delegate;
        del.bondedAmount -= _amount.toUint128();
        if (del.bondedAmount == 0) {
            del.delegate = address(0);
            del.startRound = 0;
            _joinOrLeavePool(msg.sender);
        }
        _decreaseTotalStake(delegate, _amount.toUint128());
        emit Unbond(delegate, msg.sender, id, _amount, withdrawRound);
    }

    function rebond(uint256 _unbondingLockId) external whenSystemNotPaused whenRoundInitialized {
        require(delegators[msg.sender].bondedAmount > 0, "caller must be bonded");
        _rebond(_unbondingLockId);
    }

    function rebondFromUnbonded(address _to, uint256 _unbondingLockId)
        external
        whenSystemNotPaused
        whenRoundInitialized
    {
        Delegator storage del = delegators[msg.sender];
        require(del.bondedAmount == 0, "caller must be unbonded");
        del.startRound = (_currentRound() + 1).toUint32();
        del.delegate = _to;
        _rebond(_unbondingLockId);
    }

    /// @notice The one thing the freeze leaves: a lock that has run out is paid.
    function withdrawStake(uint256 _unbondingLockId) external whenSystemNotPaused {
        UnbondingLock memory lock = _lock(_unbondingLockId);
        require(
            lock.withdrawRound <= _currentRound(),
            "withdraw round must be before or equal to the current round"
        );
        delete delegators[msg.sender].locks[_unbondingLockId];
        _minter().trustedTransferTokens(msg.sender, lock.amount);
        emit WithdrawStake(msg.sender, _unbondingLockId, lock.amount, lock.withdrawRound);
    }

    function withdrawFees() external whenSystemNotPaused whenRoundInitialized {
        Delegator storage del = delegators[msg.sender];
        uint256 amount = del.fees;
        require(amount > 0, "no fees to withdraw");
        del.fees = 0;
        _minter().trustedWithdrawETH(payable(msg.sender), amount);
        emit WithdrawFees(msg.sender);
    }

    function reward() external whenSystemNotPaused whenRoundInitialized {
        Delegator storage del = delegators[msg.sender];
        require(isRegisteredTranscoder(msg.sender), "caller must be an active transcoder");
        uint256 round = _currentRound();
        require(
            del.lastRewardRound != round, "caller has already called reward for the current round"
        );
        uint256 amount = _minter().createReward(del.delegatedAmount, currentRoundTotalActiveStake);
        del.lastRewardRound = round.toUint128();
        del.bondedAmount += amount.toUint128();
        _increaseTotalStake(msg.sender, amount.toUint128());
        emit Reward(msg.sender, amount);
    }

    function updateTranscoderWithFees(address _transcoder, uint256 _fees, uint256)
        external
        whenSystemNotPaused
    {
        require(msg.sender == _registered(TICKET_BROKER), "caller must be TicketBroker");
        require(isRegisteredTranscoder(_transcoder), "transcoder must be registered");
        delegators[_transcoder].fees += _fees.toUint128();
    }

    function setCurrentRoundTotalActiveStake() external {
        require(msg.sender == _registered(ROUNDS_MANAGER), "caller must be RoundsManager");
        currentRoundTotalActiveStake = nextRoundTotalActiveStake;
    }

    /// @inheritdoc IBondingManager
    function pendingStake(address _delegator, uint256) external view returns (uint256) {
        return delegators[_delegator].bondedAmount;
    }

    /// @inheritdoc IBondingManager
    function pendingFees(address _delegator, uint256) external view returns (uint256) {
        return delegators[_delegator].fees;
    }

    /// @inheritdoc IBondingManager
    function getDelegator(address _delegator)
        external
        view
        returns (
            uint256 bondedAmount,
            uint256 fees,
            address delegateAddress,
            uint256 delegatedAmount,
            uint256 startRound,
            uint256 lastClaimRound,
            uint256 nextUnbondingLockId
        )
    {
        Delegator storage del = delegators[_delegator];
        bondedAmount = del.bondedAmount;
        fees = del.fees;
        delegateAddress = del.delegate;
        delegatedAmount = del.delegatedAmount;
        startRound = del.startRound;
        lastClaimRound = del.lastClaimRound;
        nextUnbondingLockId = del.nextUnbondingLockId;
    }

    /// @inheritdoc IBondingManager
    function getDelegatorUnbondingLock(address _delegator, uint256 _unbondingLockId)
        external
        view
        returns (uint256 amount, uint256 withdrawRound)
    {
        UnbondingLock storage lock = delegators[_delegator].locks[_unbondingLockId];
        return (lock.amount, lock.withdrawRound);
    }

    /// @notice The pool as it is now, whatever the round: all rewards and fees are the orchestrator's,
    /// so no factor has ever moved.
    function getTranscoderEarningsPoolForRound(address _transcoder, uint256)
        external
        view
        returns (
            uint256 rewardPool,
            uint256 feePool,
            uint256 totalStake,
            uint256 claimableStake,
            uint256 transcoderRewardCut,
            uint256 transcoderFeeShare,
            uint256 transcoderRewardPool,
            uint256 transcoderFeePool,
            bool hasTranscoderRewardFeePool,
            uint256 cumulativeRewardFactor,
            uint256 cumulativeFeeFactor
        )
    {
        uint256 total = delegators[_transcoder].delegatedAmount;
        return (0, 0, total, 0, ALL, 0, 0, 0, true, PRECISE_ONE, 0);
    }

    /// @notice An orchestrator's record; zeros for who is none.
    function getTranscoder(address _transcoder)
        external
        view
        returns (
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
        )
    {
        if (!isRegisteredTranscoder(_transcoder)) {
            return (0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        Delegator storage del = delegators[_transcoder];
        uint256 since = del.startRound;
        return (del.lastRewardRound, ALL, 0, since, since, type(uint256).max, 0, 0, 0, 0);
    }

    function getTranscoderPoolSize() external view returns (uint256) {
        return pool.length();
    }

    function getFirstTranscoderInPool() external view returns (address) {
        return pool.length() == 0 ? address(0) : pool.at(0);
    }

    function getNextTranscoderInPool(address _transcoder) external view returns (address) {
        for (uint256 i = 1; i < pool.length(); i++) {
            if (pool.at(i - 1) == _transcoder) return pool.at(i);
        }
        return address(0);
    }

    function getTotalBonded() external view returns (uint256) {
        return currentRoundTotalActiveStake;
    }

    /// @inheritdoc IBondingManager
    function isRegisteredTranscoder(address _transcoder) public view returns (bool) {
        Delegator storage del = delegators[_transcoder];
        return del.delegate == _transcoder && del.bondedAmount > 0;
    }

    function _joinOrLeavePool(address who) private {
        if (isRegisteredTranscoder(who)) pool.add(who);
        else pool.remove(who);
    }

    function _rebond(uint256 id) private {
        UnbondingLock memory lock = _lock(id);
        Delegator storage del = delegators[msg.sender];
        delete del.locks[id];
        del.bondedAmount += lock.amount;
        _joinOrLeavePool(msg.sender);
        _increaseTotalStake(del.delegate, lock.amount);
        emit Rebond(del.delegate, msg.sender, id, lock.amount);
    }

    function _increaseTotalStake(address delegate, uint128 amount) private {
        delegators[delegate].delegatedAmount += amount;
        nextRoundTotalActiveStake += amount;
    }

    function _decreaseTotalStake(address delegate, uint128 amount) private {
        delegators[delegate].delegatedAmount -= amount;
        nextRoundTotalActiveStake -= amount;
    }

    /// @dev The caller's lock.
    function _lock(uint256 id) private view returns (UnbondingLock memory lock) {
        lock = delegators[msg.sender].locks[id];
        require(lock.withdrawRound > 0, "invalid unbonding lock ID");
    }

    function _currentRound() private view returns (uint256) {
        return _roundsManager().currentRound();
    }
}
