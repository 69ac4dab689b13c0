import { expect, it } from 'vitest';
import { networkOf, UNKNOWN_NETWORK } from './client-network.ts';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:c000:0201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it('all addresses of one /64 are one network, and the next one is another', () => {
  const inOne = ['2001:db8:1:2::', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::192.0.2.1'];
  expect(new Set(inOne.map(networkOf))).toEqual(new Set(['2001:db8:1:2::/64']));
  expect(networkOf('2001:db8:1:3::')).toBe('2001:db8:1:3::/64');
});

it.each([
  undefined,
  '',
  'unknown',
  '256.1.1.1',
  '1.2.3',
  '1::2::3',
  '1:2:3',
  ':::',
  'g::1',
  '1:2:3:4:5:6:7:8:9',
])('what is no address, such as %j, is the unknown network', (address) => {
  expect(networkOf(address)).toBe(UNKNOWN_NETWORK);
});
