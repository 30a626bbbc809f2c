import { BlockList, isIP } from 'node:net';

const LOOPBACK = blockList(['127.0.0.0/8', '::1/128']);

/** Cloud metadata services answer there, with credentials. */
const LINK_LOCAL = blockList(['169.254.0.0/16', 'fe80::/10']);

/**
 * Addresses that the internet does not lead to, loopback among them, and IPv6 ones that carry an
 * IPv4 address inside (NAT64, Teredo, 6to4), which could lead to any. Mapped ones (`::ffff:10.0.0.1`)
 * are checked as what they carry by Node itself; a rule for them would match every IPv4 address.
 */
const INTERNAL = blockList([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/127', '64:ff9b::/96', '64:ff9b:1::/48', '2001::/32', '2002::/16'],
  ...['fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]);

/** Whether a host is this machine. @param host a name or an address, an IPv6 one without brackets */
export function isLoopback(host: string): boolean {
  return isIP(host) === 0 ? host.toLowerCase() === 'localhost' : matches(LOOPBACK, host);
}

/** @param host a name, which is none, or an address, an IPv6 one without brackets */
export function isLinkLocal(host: string): boolean {
  return matches(LINK_LOCAL, host);
}

/** Whether it is not on the internet. @param host a name, which is not told, or an address as above */
export function isInternal(host: string): boolean {
  return matches(INTERNAL, host);
}

/** The host of a URL, an IPv6 one without its brackets. */
export function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}

function matches(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

function blockList(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', bits] = subnet.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}
