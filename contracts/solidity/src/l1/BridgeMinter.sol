// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IBridgeMinter} from "../interfaces/IBridgeMinter.sol";
import {LIVEPEER_TOKEN} from "../interfaces/livepeer/ContractIds.sol";
import {ILivepeerToken} from "../interfaces/livepeer/ILivepeerToken.sol";
import {Manager} from "./base/Manager.sol";

/// @title BridgeMinter: what the L1 Minter held, until L1Migrator takes it to L2.
contract BridgeMinter is Manager, IBridgeMinter {
    /// @inheritdoc IBridgeMinter
    address public l1MigratorAddr;

    /// @inheritdoc IBridgeMinter
    address public l1LPTGatewayAddr;

    constructor(address _controller, address _l1MigratorAddr, address _l1LPTGatewayAddr)
        Manager(_controller)
    {
        l1MigratorAddr = _l1MigratorAddr;
        l1LPTGatewayAddr = _l1LPTGatewayAddr;
    }

    modifier onlyL1Migrator() {
        require(msg.sender == l1MigratorAddr, "NOT_L1_MIGRATOR");
        _;
    }

    /// @inheritdoc IBridgeMinter
    function setL1Migrator(address _l1MigratorAddr) external onlyControllerOwner {
        l1MigratorAddr = _l1MigratorAddr;
        emit L1MigratorUpdate(_l1MigratorAddr);
    }

    /// @inheritdoc IBridgeMinter
    function setL1LPTGateway(address _l1LPTGatewayAddr) external onlyControllerOwner {
        l1LPTGatewayAddr = _l1LPTGatewayAddr;
        emit L1LPTGatewayUpdate(_l1LPTGatewayAddr);
    }

    /// @inheritdoc IBridgeMinter
    function migrateToNewMinter(address _newMinterAddr) external onlyControllerOwner {
        require(
            _newMinterAddr != address(this) && _newMinterAddr != address(0),
            "BridgeMinter#migrateToNewMinter: INVALID_MINTER"
        );
        ILivepeerToken token = _token();
        token.transferOwnership(_newMinterAddr);
        token.transfer(_newMinterAddr, token.balanceOf(address(this)));
        (bool ok,) = _newMinterAddr.call{value: address(this).balance}("");
        require(ok, "BridgeMinter#migrateToNewMinter: FAIL_CALL");
    }

    /// @inheritdoc IBridgeMinter
    function withdrawETHToL1Migrator() external onlyL1Migrator returns (uint256 amount) {
        amount = address(this).balance;
        (bool ok,) = l1MigratorAddr.call{value: amount}("");
        require(ok, "BridgeMinter#withdrawETHToL1Migrator: FAIL_CALL");
    }

    /// @inheritdoc IBridgeMinter
    function withdrawLPTToL1Migrator() external onlyL1Migrator returns (uint256 amount) {
        ILivepeerToken token = _token();
        amount = token.balanceOf(address(this));
        token.transfer(l1MigratorAddr, amount);
    }

    /// @inheritdoc IBridgeMinter
    function bridgeMint(address _to, uint256 _amount) external {
        require(msg.sender == l1LPTGatewayAddr, "NOT_L1_LPT_GATEWAY");
        _token().mint(_to, _amount);
    }

    /// @inheritdoc IBridgeMinter
    function depositETH() external payable returns (bool) {
        return true;
    }

    /// @inheritdoc IBridgeMinter
    function getController() external view returns (address) {
        return address(controller);
    }

    /// @dev LPT reverts where a transfer fails, so the booleans it returns say nothing more.
    function _token() private view returns (ILivepeerToken) {
        return ILivepeerToken(controller.getContract(LIVEPEER_TOKEN));
    }
}
