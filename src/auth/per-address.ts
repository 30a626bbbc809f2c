/** An attacker has as many addresses as they like: older ones give way to new ones. */
const MOST_ADDRESSES = 10_000;

/** Something that is remembered per network address, in bounded memory. */
export class PerAddress<T> {
  private readonly known = new Map<string, T>();

  /** @param forgotten told what gave way */
  constructor(
    private readonly fresh: () => T,
    private readonly forgotten: (value: T) => void = () => undefined,
    private readonly most = MOST_ADDRESSES,
  ) {}

  /** What is remembered of an address, or something fresh, which is remembered from now on. */
  of(address: string): T {
    const network = networkOf(address);
    const value = this.known.get(network) ?? this.fresh();
    // The order of a Map is that of insertion: the first was heard of longest ago.
    this.known.delete(network);
    this.known.set(network, value);
    if (this.known.size > this.most) this.forgetOldest();
    return value;
  }

  private forgetOldest(): void {
    for (const [network, value] of this.known) {
      this.known.delete(network);
      this.forgotten(value);
      return;
    }
  }
}

/**
 * The IPv4 address, or the /64 of an IPv6 address, of which one customer has 2^64.
 *
 *     networkOf('2001:db8:1:2:3:4:5:6') = '2001:db8:1:2'
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail = ''] = address.split('::');
  const [before, after] = [head, tail].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  return [...(before ?? []), ...Array<string>(Math.max(0, zeros)).fill('0'), ...(after ?? [])]
    .slice(0, 4)
    .join(':');
}
