import { hostOf, isInternal, isLinkLocal, isLoopback } from './addresses';

describe('addresses that the internet does not lead to', () => {
  it.each([
    ...['127.0.0.1', '127.8.8.8', '::1', '::', '0.0.0.0', '10.1.2.3', '172.31.255.255'],
    ...[
      '192.168.0.1',
      '100.64.0.1',
      '169.254.169.254',
      '198.19.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...['fd00::1', 'fe80::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:7f00:1', '64:ff9b::a9fe:a9fe'],
    ...['2002:7f00:1::', '2001:0:1::1'],
  ])('%s', (address) => {
    expect(isInternal(address)).toBe(true);
  });

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '192.0.2.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    'example.com',
  ])('but not %s', (address) => {
    expect(isInternal(address)).toBe(false);
  });

  it.each(['169.254.169.254', '::ffff:169.254.169.254', 'fe80::a'])(
    '%s is link-local',
    (address) => {
      expect(isLinkLocal(address)).toBe(true);
    },
  );

  it('are seen through every spelling that a URL knows', () => {
    const hosts = [
      'http://2130706433/',
      'http://0x7f.1/',
      'http://[::ffff:127.0.0.1]/',
      'http://127.1',
    ];
    expect(hosts.map((url) => isInternal(hostOf(url)))).toEqual([true, true, true, true]);
    expect(isLoopback(hostOf('http://[::1]:9093'))).toBe(true);
  });
});
