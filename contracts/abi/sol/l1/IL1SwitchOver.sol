// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// @title L1SwitchOver
/// @notice Moves the protocol's funds and last figures to L2 in one transaction, once (X7).
interface IL1SwitchOver {
    enum Status {
        Ready,
        Started,
        Aborted
    }

    struct Announcement {
        uint256 lptAmount;
        uint256 ethAmount;
        uint256 inflation;
        uint256 l1TotalSupply;
    }

    struct TicketGas {
        uint256 maxGas;
        uint256 gasPriceBid;
        uint256 maxSubmissionCost;
    }

    error L2MigratorHasCode(address l2Migrator);
    error MigratorNotPaused();
    error NoL2SwitchOver();
    error NoRefundAddress();
    error NotFrozen(uint256 currentRound, uint256 freezeRound);
    error OwnableUnauthorizedAccount(address account);
    error WrongStatus(Status status);
    error WrongTicketValue(uint256 sent, uint256 cost);

    event L2SwitchOverUpdate(address l2SwitchOver);
    event SwitchOverAborted();
    event SwitchOverRepeated(uint256 indexed seqNo);
    event SwitchOverStarted(uint256 indexed seqNo, Announcement announcement);
    event TxToL2(address indexed from, address indexed to, uint256 indexed seqNum, bytes data);

    /// @notice Sends four tickets and opens the L1Migrator; the value must be exactly their cost. Only the owner.
    function start(
        TicketGas calldata eth,
        TicketGas calldata lpt,
        TicketGas calldata supply,
        TicketGas calldata announcement,
        address refundTo
    ) external payable;
    /// @notice Sends the announcement again, in case its ticket expired. Anyone.
    function announceAgain(TicketGas calldata gas_, address refundTo) external payable;
    /// @notice Gives the switch-over up before it starts. Only the owner.
    function abort() external;
    function setL2SwitchOver(address l2SwitchOver) external;
    function transferOwnership(address newOwner) external;

    function announced() external view returns (Announcement memory);
    function inbox() external view returns (address);
    function l2SwitchOverAddr() external view returns (address);
    function owner() external view returns (address);
    function preview() external view returns (Announcement memory);
    function status() external view returns (Status);
}
