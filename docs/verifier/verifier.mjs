// Checks a snapshot list and proofs without any of Confluence's other code: no packages, only this file.
//   node verifier.mjs LIST [ADDRESS] [ROOT]     prints counts, sums, root and, for an address, its leaf and proof
// In a browser, index.html beside it does the same with a file you choose; nothing leaves the page.
// Exit codes: 0 fine, 1 another root than ROOT or an address that is not in the list, 2 wrong usage or no list.

const MASK = (1n << 64n) - 1n;
const rotated = (lane, by) => (by === 0n ? lane : ((lane << by) | (lane >> (64n - by))) & MASK);

// Keccak-f[1600] by its definition: round constants from the LFSR, rotations from the (t+1)(t+2)/2 walk.
const [ROUNDS, WALK] = (() => {
  let lfsr = 1;
  const rounds = [];
  for (let round = 0; round < 24; round++) {
    let constant = 0n;
    for (let j = 0; j < 7; j++) {
      if (lfsr & 1) constant |= 1n << ((1n << BigInt(j)) - 1n);
      lfsr = (lfsr << 1) ^ (lfsr & 0x80 ? 0x171 : 0);
    }
    rounds.push(constant);
  }
  const walk = [];
  for (let t = 0, x = 1, y = 0; t < 24; t++) {
    walk.push([x, y, BigInt(((t + 1) * (t + 2)) / 2) % 64n]);
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return [rounds, walk];
})();

function permute(a) {
  for (const constant of ROUNDS) {
    const c = [0, 1, 2, 3, 4].map((x) => a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20]);
    for (let i = 0; i < 25; i++) a[i] ^= c[(i + 4) % 5] ^ rotated(c[(i + 1) % 5], 1n);
    const b = a.slice();
    for (const [x, y, by] of WALK) b[y + 5 * ((2 * x + 3 * y) % 5)] = rotated(a[x + 5 * y], by);
    for (let y = 0; y < 25; y += 5)
      for (let x = 0; x < 5; x++)
        a[x + y] = b[x + y] ^ (~b[((x + 1) % 5) + y] & MASK & b[((x + 2) % 5) + y]);
    a[0] ^= constant;
  }
}

/** keccak256 of bytes, as 0x and 64 lower-case digits. */
export function keccak256(bytes) {
  const rate = 136;
  const padded = new Uint8Array((Math.floor(bytes.length / rate) + 1) * rate);
  padded.set(bytes);
  padded[bytes.length] ^= 0x01;
  padded[padded.length - 1] ^= 0x80;
  const state = new Array(25).fill(0n);
  const view = new DataView(padded.buffer);
  for (let at = 0; at < padded.length; at += rate) {
    for (let lane = 0; lane < rate / 8; lane++) state[lane] ^= view.getBigUint64(at + 8 * lane, true);
    permute(state);
  }
  const out = new DataView(new ArrayBuffer(32));
  for (let lane = 0; lane < 4; lane++) out.setBigUint64(8 * lane, state[lane], true);
  return hex(new Uint8Array(out.buffer));
}

const hex = (bytes) => '0x' + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const bytesOf = (text) => Uint8Array.from(text.slice(2).match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** Two hashes to their parent: the smaller first. */
const parent = (a, b) => keccak256(bytesOf(a < b ? a + b.slice(2) : b + a.slice(2)));

/** One leaf of the list: delegator, delegate, stake and fees packed into 104 bytes. */
function leafOf(entry, index) {
  if (typeof entry !== 'string' || !/^0x[0-9a-fA-F]{208}$/.test(entry))
    throw new Error(`entry ${index} is not 0x and 208 hex digits`);
  const packed = entry.toLowerCase();
  return {
    delegator: packed.slice(0, 42),
    delegate: '0x' + packed.slice(42, 82),
    stake: BigInt('0x' + packed.slice(82, 146)),
    fees: BigInt('0x' + packed.slice(146, 210)),
    hash: keccak256(bytesOf(packed)),
  };
}

/** Reads a list, builds its tree, and counts. */
export function readList(text) {
  const entries = JSON.parse(text);
  if (!Array.isArray(entries) || entries.length === 0) throw new Error('not a list: expected a JSON array with entries');
  const leaves = entries.map(leafOf);
  const accounts = new Set(leaves.map((leaf) => leaf.delegator));
  if (accounts.size !== leaves.length) throw new Error('an account stands in the list twice');
  const levels = [[...new Set(leaves.map((leaf) => leaf.hash))].sort()];
  for (let below = levels[0]; below.length > 1; below = levels.at(-1)) {
    const above = [];
    for (let i = 0; i < below.length; i += 2) above.push(i + 1 < below.length ? parent(below[i], below[i + 1]) : below[i]);
    levels.push(above);
  }
  const sum = (of) => leaves.reduce((total, leaf) => total + of(leaf), 0n);
  return {
    root: levels.at(-1)[0],
    leaves,
    levels,
    stake: sum((leaf) => leaf.stake),
    fees: sum((leaf) => leaf.fees),
    empty: leaves.filter((leaf) => leaf.stake === 0n && leaf.fees === 0n).length,
    feesOnly: leaves.filter((leaf) => leaf.stake === 0n && leaf.fees !== 0n).length,
  };
}

/** The siblings from a leaf's hash to the root. */
export function proofOf(list, hash) {
  const proof = [];
  let at = list.levels[0].indexOf(hash);
  for (const level of list.levels.slice(0, -1)) {
    const sibling = at ^ 1;
    if (sibling < level.length) proof.push(level[sibling]);
    at >>= 1;
  }
  return proof;
}

/** Where a proof leads, from its leaf's hash. */
export const climb = (proof, hash) => proof.reduce((below, sibling) => parent(below, sibling), hash);

const tokens = (units) => `${units / 10n ** 18n}.${(units % 10n ** 18n).toString().padStart(18, '0')}`;

/** What there is to say about a list, as text, and whether all that was asked for holds. */
export function report(list, address, root) {
  const lines = [
    `root    ${list.root}`,
    `leaves  ${list.leaves.length}: ${list.leaves.length - list.empty - list.feesOnly} with stake, ${list.feesOnly} with fees only, ${list.empty} empty`,
    `stake   ${tokens(list.stake)} LPT`,
    `fees    ${tokens(list.fees)} ETH`,
  ];
  let fine = true;
  if (root) {
    fine = root.toLowerCase() === list.root;
    lines.push(fine ? 'the root is the expected one' : `NOT the expected root ${root.toLowerCase()}`);
  }
  if (address) {
    const leaf = list.leaves.find((leaf) => leaf.delegator === address.toLowerCase());
    if (!leaf) return { text: [...lines, `${address} is NOT in the list`].join('\n'), fine: false };
    const proof = proofOf(list, leaf.hash);
    const leads = climb(proof, leaf.hash) === list.root;
    fine &&= leads;
    lines.push(
      `account ${leaf.delegator}, delegate ${leaf.delegate}`,
      `        ${tokens(leaf.stake)} LPT, ${tokens(leaf.fees)} ETH`,
      `leaf    ${leaf.hash}`,
      `proof   ${proof.length} hashes, ${leads ? 'leads to the root' : 'does NOT lead to the root'}`,
      ...proof.map((hash) => `        ${hash}`),
    );
  }
  return { text: lines.join('\n'), fine };
}

async function main() {
  const { readFileSync } = await import('node:fs');
  const [file, ...rest] = process.argv.slice(2);
  const address = rest.find((word) => /^0x[0-9a-fA-F]{40}$/.test(word));
  const root = rest.find((word) => /^0x[0-9a-fA-F]{64}$/.test(word));
  if (!file || rest.length !== (address ? 1 : 0) + (root ? 1 : 0)) {
    console.error('usage: node verifier.mjs LIST [ADDRESS] [ROOT]');
    return 2;
  }
  try {
    const { text, fine } = report(readList(readFileSync(file, 'utf8')), address, root);
    console.log(text);
    return fine ? 0 : 1;
  } catch (error) {
    console.error(`error: ${file}: ${error.message}`);
    return 2;
  }
}

if (typeof process !== 'undefined' && process.argv?.[1] && import.meta.url.endsWith(encodeURI(process.argv[1].split('/').at(-1))))
  process.exitCode = await main();
