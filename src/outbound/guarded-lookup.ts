import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isInternal, isLinkLocal } from '../config/addresses';

/**
 * Finds the addresses of a name and refuses to call it when one of them is link-local, or internal
 * where that is not allowed. What is checked here is what is connected to: the name is not looked
 * up a second time, when it might lead elsewhere.
 */
export function guardedLookup(allowPrivate: boolean, resolve = dnsLookup): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) {
        done(error, []);
        return;
      }
      const forbidden = addresses.find(
        ({ address }) => isLinkLocal(address) || (!allowPrivate && isInternal(address)),
      );
      if (forbidden !== undefined) done(refusal(host, forbidden.address), []);
      else if (options.all === true) done(null, addresses);
      else done(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 4);
    });
  };
}

function refusal(host: string, address: string): Error {
  const kind = isLinkLocal(address) ? 'link-local' : 'loopback or private';
  return new Error(`${host} leads to the ${kind} address ${address}, which is not called`);
}
