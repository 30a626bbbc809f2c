import { hostOf, isLinkLocal } from './addresses';

/**
 * The address of a server without a slash at its end, or what is wrong with it. The complaint names
 * the value only where it cannot hold a password.
 *
 * @param example for the complaint
 */
export function readSourceAddress(
  text: string,
  example = 'http://prometheus:9090',
): { readonly url: string } | { readonly fault: string } {
  const allowed = `an http or https address such as ${example}`;
  const named = /[@?]/.test(text) ? 'not shown here' : JSON.stringify(text);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:\/\//i.test(text))
    return { fault: `is ${named}, allowed: ${allowed}` };
  if (url.username !== '' || url.password !== '') {
    return {
      fault:
        'holds a user or password, allowed: an address without them; use basicAuth or bearerTokenFile of the configuration file',
    };
  }
  if (url.search !== '' || url.hash !== '') {
    return { fault: `is ${named}, allowed: an address without a query (?) or fragment (#)` };
  }
  if (isLinkLocal(hostOf(text))) {
    return { fault: `is ${named}, allowed: ${allowed}, but no link-local one` };
  }
  return { url: url.href.replace(/\/+$/, '') };
}
