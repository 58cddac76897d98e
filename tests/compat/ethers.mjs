// ethers v6: contracts, events, errors, fees, unlocked signers, typed data, WebSocket.
import assert from "node:assert/strict";
import { Contract, ContractFactory, JsonRpcProvider, Wallet, WebSocketProvider, verifyTypedData } from "ethers";
import { DEV_KEY, abi, bytecode } from "./counter.mjs";

const url = process.argv[2];
const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, pollingInterval: 50 });
const wallet = new Wallet(DEV_KEY, provider);

assert.equal((await provider.getNetwork()).chainId, 412346n);
const fees = await provider.getFeeData();
assert.equal(fees.gasPrice, 100_000_000n);

const counter = await new ContractFactory(abi, bytecode, wallet).deploy(5);
await counter.waitForDeployment();
const tx = await counter.add(7);
const receipt = await tx.wait();
assert.equal(receipt.status, 1);
assert.equal(receipt.gasPrice, 100_000_000n, "Nitro drops the tip");
assert.equal(await counter.count(), 12n);
assert.equal(await counter.add.staticCall(1), 13n);
const [event] = await counter.queryFilter(counter.filters.Counted(wallet.address), 0);
assert.equal(event.args.count, 12n);
await assert.rejects(counter.add.staticCall(101), (error) => error.revert?.name === "TooMany" && error.revert.args[0] === 101n);
await assert.rejects(counter.add(101), (error) => counter.interface.parseError(error.data)?.name === "TooMany", "refused before it is sent");
assert.equal(await counter.count({ blockTag: receipt.blockNumber - 1 }), 5n);

const block = await provider.getBlock("latest", true);
assert.equal(block.number, receipt.blockNumber);
assert.equal(block.transactions.length, 2, "ArbOS's start of block and the call");
assert.equal((await provider.getTransaction(tx.hash)).from, wallet.address);

const signer = await provider.getSigner(1);
const sent = await signer.sendTransaction({ to: wallet.address, value: 1n });
assert.equal((await sent.wait()).from, await signer.getAddress());
const domain = { name: "test", chainId: 412346 };
const types = { Stake: [{ name: "owner", type: "address" }, { name: "amount", type: "uint256" }] };
const stake = { owner: wallet.address, amount: 10n ** 18n };
const signature = await signer.signTypedData(domain, types, stake);
assert.equal(verifyTypedData(domain, types, stake, signature), await signer.getAddress());

const socket = new WebSocketProvider(url.replace("http", "ws"));
const live = new Contract(await counter.getAddress(), abi, socket);
const seen = new Promise((resolve) => live.on("Counted", (who, count) => resolve(count)));
await live.on("Counted", () => {});
await (await counter.add(1)).wait();
assert.equal(await seen, 13n);

await socket.destroy();
provider.destroy();
console.log("ethers: ok");
