// Compiles Counter.sol with npm's solc; the scripts share its ABI and creation code.
import { readFileSync } from "node:fs";
import solc from "solc";

const source = readFileSync(new URL("./Counter.sol", import.meta.url), "utf8");
const output = JSON.parse(
  solc.compile(
    JSON.stringify({
      language: "Solidity",
      sources: { "Counter.sol": { content: source } },
      settings: {
        evmVersion: "paris",
        outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
      },
    }),
  ),
);
const { abi: counterAbi, evm } = output.contracts["Counter.sol"].Counter;

export const abi = counterAbi;
export const bytecode = `0x${evm.bytecode.object}`;

/** Key of the account that a Nitro dev chain funds. */
export const DEV_KEY = "0xb6b15c8cb491557369f3c7d2c287b053eb229daa9c22138887752191c9520659";
