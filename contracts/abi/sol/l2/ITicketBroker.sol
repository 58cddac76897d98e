// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title TicketBroker
/// @notice Deposits, reserves and winning tickets.
interface ITicketBroker {
    struct Ticket {
        address recipient;
        address sender;
        uint256 faceValue;
        uint256 winProb;
        uint256 senderNonce;
        bytes32 recipientRandHash;
        bytes auxData;
    }

    struct ReserveInfo {
        uint256 fundsRemaining;
        uint256 claimedInCurrentRound;
    }

    struct Sender {
        uint256 deposit;
        uint256 withdrawRound;
    }

    event DepositFunded(address indexed sender, uint256 amount);
    event ParameterUpdate(string param);
    event ReserveClaimed(address indexed reserveHolder, address claimant, uint256 amount);
    event ReserveFunded(address indexed reserveHolder, uint256 amount);
    event SetController(address controller);
    event Unlock(address indexed sender, uint256 startRound, uint256 endRound);
    event UnlockCancelled(address indexed sender);
    event WinningTicketRedeemed(
        address indexed sender,
        address indexed recipient,
        uint256 faceValue,
        uint256 winProb,
        uint256 senderNonce,
        uint256 recipientRand,
        bytes auxData
    );
    event WinningTicketTransfer(address indexed sender, address indexed recipient, uint256 amount);
    event Withdrawal(address indexed sender, uint256 deposit, uint256 reserve);
    event ControllerContractUpdate(bytes32 id, address addr);

    /// @notice Redeems what can be redeemed and ignores the rest.
    function batchRedeemWinningTickets(
        Ticket[] calldata tickets,
        bytes[] calldata sigs,
        uint256[] calldata recipientRands
    ) external;
    /// @notice Ends the unlock period.
    function cancelUnlock() external;
    /// @notice Adds the wei sent to the caller's deposit.
    function fundDeposit() external payable;
    /// @notice Splits the wei sent between the caller's deposit and reserve.
    function fundDepositAndReserve(uint256 depositAmount, uint256 reserveAmount) external payable;
    /// @notice Splits the wei sent between deposit and reserve of `addr`.
    function fundDepositAndReserveFor(address addr, uint256 depositAmount, uint256 reserveAmount) external payable;
    /// @notice Adds the wei sent to the caller's reserve.
    function fundReserve() external payable;
    /// @notice Redeems a winning ticket from the sender's deposit, then its reserve.
    function redeemWinningTicket(Ticket calldata ticket, bytes calldata sig, uint256 recipientRand) external;
    /// @notice Redeems a ticket of a batch, in a round that the batch has looked at. Only this contract itself.
    function redeemInBatch(Ticket calldata ticket, bytes calldata sig, uint256 recipientRand, uint256 round) external;
    /// @notice Hands this contract to another Controller. Only the Controller.
    function setController(address newController) external;
    /// @notice Switches the deviations X11 and X12 off or on. Only the Controller's owner.
    function setOriginalRules(bool on) external;
    function setTicketValidityPeriod(uint256 ticketValidityPeriod_) external;
    function setUnlockPeriod(uint256 unlockPeriod_) external;
    /// @notice Begins the unlock period after which deposit and reserve can be withdrawn.
    function unlock() external;
    /// @notice Pays out the caller's deposit and reserve.
    function withdraw() external;
    /// @notice Sets the Controller. Once, in the proxy's constructor.
    function initialize(address controller_) external;
    /// @notice Takes over the other contracts' addresses from the registry. Anyone.
    function syncControllerContracts() external;

    /// @notice What `claimant` could still draw from a reserve in this round.
    function claimableReserve(address reserveHolder, address claimant) external view returns (uint256);
    function claimedReserve(address reserveHolder, address claimant) external view returns (uint256);
    function controller() external view returns (address);
    function getReserveInfo(address reserveHolder) external view returns (ReserveInfo memory);
    function getSenderInfo(address sender_) external view returns (Sender memory sender, ReserveInfo memory reserve);
    function getTicketHash(Ticket calldata ticket) external pure returns (bytes32);
    function isUnlockInProgress(address sender_) external view returns (bool);
    /// @notice Whether the deviations X11 and X12 are switched off.
    function originalRules() external view returns (bool);
    function ticketValidityPeriod() external view returns (uint256);
    function unlockPeriod() external view returns (uint256);
    function usedTickets(bytes32 ticketHash) external view returns (bool);
}
