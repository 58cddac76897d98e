// hardhat with the node as its network, and hardhat-network-helpers, which only accept a node that says it is one of theirs
// (`--as-hardhat`).
const assert = require("node:assert/strict");
const hre = require("hardhat");
const helpers = require("@nomicfoundation/hardhat-network-helpers");
const { BrowserProvider, ContractFactory, Interface, JsonRpcSigner } = require("ethers");

async function main() {
  const { abi, bytecode } = await import("../counter.mjs");
  assert.equal(hre.network.name, "devnode");
  const provider = new BrowserProvider(hre.network.provider, undefined, { cacheTimeout: -1 });
  const accounts = await provider.send("eth_accounts", []);
  const signer = new JsonRpcSigner(provider, accounts[1]);

  async function deployed() {
    const counter = await new ContractFactory(abi, bytecode, signer).deploy(5);
    await counter.waitForDeployment();
    return counter;
  }

  let counter = await helpers.loadFixture(deployed);
  await (await counter.add(7)).wait();
  assert.equal(await counter.count(), 12n);
  counter = await helpers.loadFixture(deployed);
  assert.equal(await counter.count(), 5n, "the fixture is as it was");

  await assert.rejects(counter.add(101), (error) => {
    const data = error.data ?? error.info?.error?.data?.data ?? error.info?.error?.data;
    return new Interface(abi).parseError(data)?.name === "TooMany";
  });

  const block = await helpers.time.latestBlock();
  await helpers.mine(100);
  assert.equal(await helpers.time.latestBlock(), block + 100);
  assert.equal(await counter.number(), BigInt(block + 100), "block.number is the height, as on hardhat");
  const now = await helpers.time.latest();
  await helpers.time.increase(3600);
  assert.ok((await helpers.time.latest()) >= now + 3600);
  await helpers.time.increaseTo(now + 10_000);
  assert.equal(await helpers.time.latest(), now + 10_000);
  await helpers.mineUpTo(block + 300);
  assert.equal(await helpers.time.latestBlock(), block + 300);

  const somebody = "0x7777777777777777777777777777777777777777";
  await helpers.setBalance(somebody, 10n ** 18n);
  await helpers.impersonateAccount(somebody);
  const other = new JsonRpcSigner(provider, somebody);
  const receipt = await (await counter.connect(other).add(1)).wait();
  assert.equal(receipt.from, somebody);
  await helpers.stopImpersonatingAccount(somebody);
  const snapshot = await helpers.takeSnapshot();
  await helpers.setStorageAt(await counter.getAddress(), 0, 99);
  assert.equal(await counter.count(), 99n);
  await snapshot.restore();
  assert.equal(await counter.count(), 6n);
  console.log("hardhat: ok");
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
