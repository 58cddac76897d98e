// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL2SwitchOver} from "./IL2SwitchOver.sol";
import {TicketGas} from "./TicketGas.sol";

/// @title Livepeer's move from L1 to L2 in one action (docs/deviations.md, X7).
/// @notice `start` sends four tickets in one transaction: BridgeMinter's ether, its LPT, L1's supply
/// and the announcement of all that. Each can fail and be redeemed without the others.
interface IL1SwitchOver {
    /// @notice Ready can become Started or Aborted, once; there is no way back from either.
    enum Status {
        Ready,
        Started,
        Aborted
    }

    /// @notice The switch-over happened; `seqNo` is the announcement's message.
    event SwitchOverStarted(uint256 indexed seqNo, IL2SwitchOver.Announcement announcement);

    /// @notice The announcement was sent once more.
    event SwitchOverRepeated(uint256 indexed seqNo);

    /// @notice This contract will never start.
    event SwitchOverAborted();

    event L2SwitchOverUpdate(address l2SwitchOver);

    /// @notice The call needs another status.
    error WrongStatus(Status status);

    /// @notice L1 is not frozen: its inflation and supply are not the last ones.
    error NotFrozen(uint256 currentRound, uint256 freezeRound);

    /// @notice L1Migrator is open already: ether may have left without being counted.
    error MigratorNotPaused();

    /// @notice The Inbox would alias L2Migrator as a refund address, and an expired ticket's ether be
    /// lost.
    error L2MigratorHasCode(address l2Migrator);

    /// @notice The program on L2 is not set.
    error NoL2SwitchOver();

    /// @notice Refunds would go to nobody.
    error NoRefundAddress();

    /// @notice The value must be exactly the tickets' cost: anything above would be lost.
    error WrongTicketValue(uint256 sent, uint256 cost);

    /// @notice Moves everything and opens L1Migrator; owner only.
    /// @dev Needs L1Migrator's admin role, which it gives up at the end. In order: `WrongStatus`,
    /// `NoL2SwitchOver`, `WrongTicketValue`, `NotFrozen`, `MigratorNotPaused`, `L2MigratorHasCode`,
    /// then what the contracts it calls say ("INVALID_ZERO_AMOUNT" when there is no LPT to move), then
    /// `NoRefundAddress`.
    /// @param eth Gas for the ether's ticket; plain ether needs little.
    /// @param lpt Gas for the LPT's ticket.
    /// @param supply Gas for the supply's ticket.
    /// @param announcement Gas for the announcement's ticket, which may unpause L2.
    /// @param refundTo Gets what supply and announcement do not use, on L2.
    function start(
        TicketGas calldata eth,
        TicketGas calldata lpt,
        TicketGas calldata supply,
        TicketGas calldata announcement,
        address refundTo
    ) external payable;

    /// @notice Sends the announcement again, in case its ticket expired; anyone may pay.
    function announceAgain(TicketGas calldata gas_, address refundTo) external payable;

    /// @notice Gives the switch-over up before it starts, and the admin role with it; owner only.
    function abort() external;

    /// @notice Sets the program on L2 while nothing has started; owner only.
    function setL2SwitchOver(address l2SwitchOver) external;

    /// @notice What `start` would announce now.
    function preview() external view returns (IL2SwitchOver.Announcement memory);

    /// @notice What was announced; zeros before the start.
    function announced() external view returns (IL2SwitchOver.Announcement memory);

    function status() external view returns (Status);
    function l2SwitchOverAddr() external view returns (address);
}
