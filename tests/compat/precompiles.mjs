// Calls every method that Nitro's published interfaces have, with zeros, as a chain owner: each must answer as its ABI says, or
// revert with an error of its ABI, or be in the list below with what Nitro does instead. `node precompiles.mjs RPC`.

import { readFileSync, readdirSync } from "node:fs";
import { Interface } from "ethers";

const BUILD = new URL("../../node_modules/@arbitrum/nitro-contracts/build/contracts/src/", import.meta.url);
const OWNER = "0x3f1Eae7D46d88F08fc2F8ed27FCb2AB183EB2d0E";
const ADDRESSES = {
  ArbSys: 0x64,
  ArbInfo: 0x65,
  ArbAddressTable: 0x66,
  ArbBLS: 0x67,
  ArbFunctionTable: 0x68,
  ArbosTest: 0x69,
  ArbOwnerPublic: 0x6b,
  ArbGasInfo: 0x6c,
  ArbAggregator: 0x6d,
  ArbRetryableTx: 0x6e,
  ArbStatistics: 0x6f,
  ArbOwner: 0x70,
  ArbWasm: 0x71,
  ArbWasmCache: 0x72,
  ArbNativeTokenManager: 0x73,
  ArbDebug: 0xff,
  ArbosActs: 0xa4b05,
  NodeInterface: 0xc8,
  NodeInterfaceDebug: 0xc9,
};

const REVERTED = "execution reverted";
// What does neither: the outcome, and why it is Nitro's too.
const EXCEPTIONS = {
  "ArbAddressTable.decompress": [REVERTED, "nothing is not RLP"],
  "ArbAddressTable.lookup": [REVERTED, "the address is not in the table"],
  "ArbAddressTable.lookupIndex": [REVERTED, "the table has no such index"],
  "ArbAggregator.getFeeCollector": [REVERTED, "the address is no batch poster"],
  "ArbAggregator.setFeeCollector": [REVERTED, "the address is no batch poster"],
  "ArbDebug.eventsView": [REVERTED, "a view that logs, which may not be: it exists to show that"],
  "ArbDebug.legacyError": [REVERTED, "an error without data: it exists to show that"],
  "ArbDebug.panic": ["called ArbDebug's debug-only Panic method", "it exists to show that a panic is only an error"],
  "ArbFunctionTable.get": [REVERTED, "the table is always empty"],
  "ArbNativeTokenManager.burnNativeToken": [REVERTED, "the caller is no native token owner"],
  "ArbNativeTokenManager.mintNativeToken": [REVERTED, "the caller is no native token owner"],
  "ArbOwner.addNativeTokenOwner": [REVERTED, "the feature has to be enabled a week before"],
  "ArbOwner.removeNativeTokenOwner": [REVERTED, "the address is none"],
  "ArbOwner.removeWasmCacheManager": [REVERTED, "the address is none"],
  "ArbOwner.setInkPrice": [REVERTED, "a price of zero"],
  "ArbOwner.setL2GasPricingInertia": [REVERTED, "an inertia of zero"],
  "ArbOwner.setMinimumL2BaseFee": [REVERTED, "a base fee of zero in a call that changes nothing"],
  "ArbOwner.setSpeedLimit": [REVERTED, "a limit of zero"],
  "ArbOwnerPublic.rectifyChainOwner": [REVERTED, "the address is no owner"],
  "ArbSys.sendMerkleTreeState": [REVERTED, "only address zero may ask"],
  "ArbWasmCache.cacheCodehash": [REVERTED, "gone since ArbOS 31"],
  "ArbWasmCache.cacheProgram": ["reverts ProgramNeedsUpgrade", "an error that only ArbWasm's ABI names"],
  "NodeInterface.constructOutboxProof": [REVERTED, "nothing was sent to L1 yet"],
  "NodeInterface.estimateRetryableTicket": ["answers a ticket id", "its ABI has no result"],
  "NodeInterface.legacyLookupMessageBatchProof": [REVERTED, "no batches of the chain before Nitro"],
  "NodeInterfaceDebug.getRetryable": [REVERTED, "no such ticket"],
};

async function call(to, data) {
  const params = [{ from: OWNER, to, data, gas: "0x1000000" }, "latest"];
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_call", params });
  const answer = await fetch(process.argv[2], { method: "POST", headers: { "content-type": "application/json" }, body });
  return answer.json();
}

function zero(type) {
  if (type.isArray()) return type.arrayLength > 0 ? Array(type.arrayLength).fill(zero(type.arrayChildren)) : [];
  if (type.isTuple()) return type.components.map(zero);
  if (type.type === "address") return "0x" + "00".repeat(20);
  if (type.type === "bool") return false;
  if (type.type === "string") return "";
  if (type.type === "bytes") return "0x";
  if (type.type.startsWith("bytes")) return "0x" + "00".repeat(Number(type.type.slice(5)));
  return 0n;
}

async function outcome(abi, method, to) {
  const data = abi.encodeFunctionData(method, method.inputs.map(zero));
  const { result, error } = await call(to, data);
  if (error === undefined) {
    const values = abi.decodeFunctionResult(method, result);
    if (abi.encodeFunctionResult(method, values) === result) return "answers";
    return result.length === 66 ? "answers a ticket id" : `answers ${result}`;
  }
  if ((error.data ?? "0x") === "0x") return error.message;
  const known = abi.parseError(error.data) ?? abis.ArbWasm.parseError(error.data);
  return `reverts ${known?.name ?? error.data}`;
}

const abis = {};
for (const folder of ["precompiles", "node-interface"]) {
  for (const file of readdirSync(new URL(folder, BUILD))) {
    const name = file.replace(".sol", "");
    abis[name] = new Interface(JSON.parse(readFileSync(new URL(`${folder}/${file}/${name}.json`, BUILD))).abi);
  }
}
let methods = 0;
const differ = [];
for (const [name, abi] of Object.entries(abis)) {
  if (ADDRESSES[name] === undefined) throw new Error(`no address is known for ${name}`);
  const to = "0x" + ADDRESSES[name].toString(16).padStart(40, "0");
  for (const method of abi.fragments.filter((fragment) => fragment.type === "function")) {
    methods += 1;
    const id = `${name}.${method.name}`;
    const found = await outcome(abi, method, to);
    const expected = EXCEPTIONS[id]?.[0];
    const fine = expected === undefined ? found === "answers" || abi.fragments.some((error) => found === `reverts ${error.name}`) : found === expected;
    if (!fine) differ.push(`${id}: ${found}`);
  }
}
if (differ.length > 0) throw new Error(differ.join("\n"));
if (methods < 179) throw new Error(`only ${methods} methods were found`);
console.log(`${methods} methods: ok`);
