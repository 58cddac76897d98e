// The two chains as @arbitrum/sdk sees them: nothing here is told that they are not Arbitrum's.
// Usage: node sdk.mjs L1_URL L2_URL ROLLUP TARGET; prints what it saw as one JSON document, and ends with an error if the
// library is not content.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const sdk = require('@arbitrum/sdk')
const { ParentToChildMessageCreator } = require('@arbitrum/sdk/dist/lib/message/ParentToChildMessageCreator')
// The ethers that the library itself stands on.
const { ethers } = createRequire(require.resolve('@arbitrum/sdk'))('ethers')

const [l1Url, l2Url, rollup, target] = process.argv.slice(2)
const REFUSER = '0x5f5ffd'
const COUNTER = '0x5f546001015f5500'
const { ParentToChildMessageStatus: Ticket, ChildToParentMessageStatus: Withdrawal } = sdk

const l1 = new ethers.providers.JsonRpcProvider(l1Url)
const l2 = new ethers.providers.JsonRpcProvider(l2Url)
for (const provider of [l1, l2]) provider.pollingInterval = 20
// Account 5 of the test mnemonic.
const key = '0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba'
const [sender, user] = [new ethers.Wallet(key, l1), new ethers.Wallet(key, l2)]
const setTarget = (code) => l2.send('hardhat_setCode', [target, code])
const ether = (amount) => ethers.utils.parseEther(amount)

// the network, from its rollup contract alone
const known = await sdk.getArbitrumNetworkInformationFromRollup(rollup, l1)
const { chainId } = await l2.getNetwork()
sdk.registerCustomArbitrumNetwork({ ...known, name: 'devnode', chainId, isCustom: true, isTestnet: true })
const bridger = await sdk.EthBridger.fromProvider(l2)

// a deposit
const had = await l2.getBalance(user.address)
const deposit = await (await bridger.deposit({ amount: ether('1.5'), parentSigner: sender })).wait()
const arrived = await deposit.waitForChildTransactionReceipt(l2)
assert(arrived.complete)
assert((await l2.getBalance(user.address)).sub(had).eq(ether('1.5')))
const [depositMessage] = await deposit.getEthDeposits(l2)

// tickets: gas, fee and deposit as the library estimates them
const creator = new ParentToChildMessageCreator(sender)
const tickets = []
async function send(fields, options) {
  const wish = { from: sender.address, to: target, l2CallValue: ether('0.01'), callValueRefundAddress: sender.address, data: '0x1234', ...fields }
  const request = await ParentToChildMessageCreator.getTicketCreationRequest(wish, l1, l2, options)
  const receipt = await (await creator.createRetryableTicket(request, l2)).wait()
  const [message] = await receipt.getParentToChildMessages(user)
  const { status } = await message.waitForStatus()
  const created = await l2.getTransactionReceipt(message.retryableCreationId)
  assert.equal(created.type, 0x69)
  const block = await l1.getBlock(receipt.blockNumber)
  tickets.push({
    id: message.retryableCreationId,
    status,
    l1BaseFee: block.baseFeePerGas.toString(),
    dataLength: (wish.data.length - 2) / 2,
    maxSubmissionCost: request.retryableData.maxSubmissionCost.toString(),
    gasLimit: request.retryableData.gasLimit.toString(),
  })
  return { message, status }
}

await setTarget(COUNTER)
const good = await send({})
assert.equal(good.status, Ticket.REDEEMED)
assert.equal((await good.message.getSuccessfulRedeem()).childTxReceipt.to.toLowerCase(), target.toLowerCase())

// one that fails, redeemed by hand
await setTarget(REFUSER)
const gas = { gasLimit: { base: ethers.BigNumber.from(300_000) } }
const bad = await send({}, gas)
assert.equal(bad.status, Ticket.FUNDS_DEPOSITED_ON_CHILD)
assert.equal((await bad.message.getAutoRedeemAttempt()).status, 0)
await setTarget(COUNTER)
const redeem = await bad.message.redeem()
assert.equal((await redeem.waitForRedeem()).status, 1)
assert.equal(await bad.message.status(), Ticket.REDEEMED)

// one that lives longer, and is cancelled
await setTarget(REFUSER)
const third = await send({}, gas)
const timeout = await third.message.getTimeout()
await (await third.message.keepAlive({})).wait()
assert((await third.message.getTimeout()).sub(timeout).eq(604_800))
assert.equal(await third.message.getBeneficiary(), sender.address)
const before = await l2.getBalance(sender.address)
// Only the beneficiary may: on L2 that is the very account.
const cancelled = await (await third.message.cancel({})).wait()
const cost = cancelled.gasUsed.mul(cancelled.effectiveGasPrice)
assert((await l2.getBalance(sender.address)).sub(before).add(cost).eq(ether('0.01')))

// a withdrawal
const heir = ethers.Wallet.createRandom().address
const withdrawal = await (await bridger.withdraw({ amount: ether('0.25'), destinationAddress: heir, from: user.address, childSigner: user })).wait()
const [message] = await withdrawal.getChildToParentMessages(sender)
await message.waitUntilReadyToExecute(l2, 20)
assert.equal(await message.status(l2), Withdrawal.CONFIRMED)
await (await message.execute(l2)).wait()
assert.equal(await message.status(l2), Withdrawal.EXECUTED)
assert((await l1.getBalance(heir)).eq(ether('0.25')))

console.log(JSON.stringify({ deposit: depositMessage.childTxHash, tickets }))
