// viem: public, wallet and test clients, events over HTTP filters and WebSocket.
import assert from "node:assert/strict";
import {
  BaseError,
  ContractFunctionRevertedError,
  createPublicClient,
  createTestClient,
  createWalletClient,
  defineChain,
  http,
  parseEther,
  webSocket,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { DEV_KEY, abi, bytecode } from "./counter.mjs";

const url = process.argv[2];
const chain = defineChain({
  id: 412346,
  name: "devnode",
  nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
  rpcUrls: { default: { http: [url] } },
});
const account = privateKeyToAccount(DEV_KEY);
const client = createPublicClient({ chain, transport: http(url, { batch: true }), pollingInterval: 50, cacheTime: 0 });
const wallet = createWalletClient({ account, chain, transport: http(url) });

assert.equal(await client.getChainId(), 412346);
const hash = await wallet.deployContract({ abi, bytecode, args: [5n] });
const { contractAddress: address } = await client.waitForTransactionReceipt({ hash });
const read = () => client.readContract({ address, abi, functionName: "count" });
const add = async (more) => {
  const { request, result } = await client.simulateContract({ account, address, abi, functionName: "add", args: [more] });
  const receipt = await client.waitForTransactionReceipt({ hash: await wallet.writeContract(request) });
  assert.equal(receipt.status, "success");
  return result;
};
assert.equal(await add(7n), 12n);
assert.deepEqual(await Promise.all([read(), client.getBalance({ address }), client.getGasPrice()]), [12n, 0n, 100_000_000n]);
const [event] = await client.getContractEvents({ address, abi, eventName: "Counted", fromBlock: 0n });
assert.equal(event.args.count, 12n);
await assert.rejects(add(101n), (error) => {
  const revert = error instanceof BaseError && error.walk((e) => e instanceof ContractFunctionRevertedError);
  return revert?.data?.errorName === "TooMany";
});

const block = await client.getBlock({ includeTransactions: true });
assert.equal(block.transactions.length, 2);
assert.ok((await client.getFeeHistory({ blockCount: 4, rewardPercentiles: [50] })).baseFeePerGas.length > 1);
await client.estimateFeesPerGas();

const filter = await client.createContractEventFilter({ address, abi, eventName: "Counted" });
const socket = createPublicClient({ chain, transport: webSocket(url.replace("http", "ws")) });
let unwatch;
const pushed = new Promise((resolve, reject) => {
  unwatch = socket.watchContractEvent({ address, abi, onLogs: (logs) => resolve(logs[0].args.count), onError: reject });
});
// Subscribing is asynchronous: whatever the same socket answers comes after it.
await socket.getBlockNumber();
await add(1n);
assert.equal(await pushed, 13n);
assert.equal((await client.getFilterChanges({ filter }))[0].args.count, 13n);
unwatch();

for (const mode of ["anvil", "hardhat"]) {
  const test = createTestClient({ chain, mode, transport: http(url) });
  const id = await test.snapshot();
  const somebody = "0x7777777777777777777777777777777777777777";
  await test.setBalance({ address: somebody, value: parseEther("1") });
  await test.impersonateAccount({ address: somebody });
  const sent = await wallet.sendTransaction({ account: somebody, to: address, data: "0x06661abd" });
  assert.equal((await client.waitForTransactionReceipt({ hash: sent })).from, somebody);
  await test.stopImpersonatingAccount({ address: somebody });
  const { timestamp, number } = await client.getBlock();
  await test.increaseTime({ seconds: 3600 });
  await test.mine({ blocks: 3 });
  const later = await client.getBlock();
  assert.equal(later.number, number + 3n);
  assert.ok(later.timestamp >= timestamp + 3600n);
  await test.setNextBlockTimestamp({ timestamp: later.timestamp + 100n });
  await test.mine({ blocks: 1 });
  assert.equal((await client.getBlock()).timestamp, later.timestamp + 100n);
  await test.setCode({ address: somebody, bytecode: "0x00" });
  assert.equal(await client.getCode({ address: somebody }), "0x00");
  await test.setNonce({ address: somebody, nonce: 9 });
  assert.equal(await client.getTransactionCount({ address: somebody }), 9);
  await test.setStorageAt({ address, index: 0, value: `0x${"00".repeat(31)}2a` });
  assert.equal(await read(), 42n);
  await test.setAutomine(false);
  const waiting = await wallet.sendTransaction({ to: somebody, value: 1n, gas: 50_000n });
  await assert.rejects(client.getTransactionReceipt({ hash: waiting }));
  await test.mine({ blocks: 1 });
  assert.equal((await client.getTransactionReceipt({ hash: waiting })).status, "success");
  await test.setAutomine(true);
  await test.revert({ id });
  assert.equal(await read(), 13n);
}
console.log("viem: ok");
process.exit(0);
