// The devnode as a hardhat network; its accounts are unlocked in the node ("remote").
module.exports = {
  defaultNetwork: "devnode",
  networks: { devnode: { url: process.env.DEVNODE_URL, chainId: 412346, accounts: "remote" } },
};
