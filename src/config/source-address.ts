import { BlockList, isIP } from 'node:net';

/** Cloud metadata services answer there, with credentials. */
const LINK_LOCAL = new BlockList();
LINK_LOCAL.addSubnet('169.254.0.0', 16, 'ipv4');
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6');

const ALLOWED = 'an http or https address such as http://prometheus:9090';

/**
 * A data source's address without a slash at its end, or what is wrong with it. The complaint names
 * the value only where it cannot hold a password.
 */
export function readSourceAddress(
  text: string,
): { readonly url: string } | { readonly fault: string } {
  const named = /[@?]/.test(text) ? 'not shown here' : JSON.stringify(text);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:\/\//i.test(text))
    return { fault: `is ${named}, allowed: ${ALLOWED}` };
  if (url.username !== '' || url.password !== '') {
    return {
      fault:
        'holds a user or password, allowed: an address without them; use basicAuth or bearerTokenFile of the configuration file',
    };
  }
  if (url.search !== '' || url.hash !== '') {
    return { fault: `is ${named}, allowed: an address without a query (?) or fragment (#)` };
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family !== 0 && LINK_LOCAL.check(host, family === 4 ? 'ipv4' : 'ipv6')) {
    return { fault: `is ${named}, allowed: ${ALLOWED}, but no link-local one` };
  }
  return { url: url.href.replace(/\/+$/, '') };
}
