// Times @openzeppelin/merkle-tree on a list of the published format, for `confluence bench snapshot`.
// Reads the file that is named by LIST; answers with one line of JSON, in milliseconds, the best of RUNS.
import { readFileSync } from "node:fs";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

const text = readFileSync(process.env.LIST, "utf8");
const runs = Number(process.env.RUNS);
const wanted = Number(process.env.PROOFS);
const best = { parse_and_tree: Infinity, proofs: Infinity };

for (let run = 0; run < runs; run += 1) {
  const begun = performance.now();
  // delegator (20 bytes), delegate (20), stake (32), fees (32), packed, in hex
  const rows = JSON.parse(text).map((entry) => [
    "0x" + entry.slice(2, 42),
    "0x" + entry.slice(42, 82),
    BigInt("0x" + entry.slice(82, 146)),
    BigInt("0x" + entry.slice(146, 210)),
  ]);
  const tree = StandardMerkleTree.of(rows, ["address", "address", "uint256", "uint256"]);
  const built = performance.now();
  best.parse_and_tree = Math.min(best.parse_and_tree, built - begun);
  for (let index = 0; index < wanted; index += 1) {
    tree.getProof(Math.floor((index * rows.length) / wanted));
  }
  best.proofs = Math.min(best.proofs, performance.now() - built);
}
console.log(JSON.stringify(best));
