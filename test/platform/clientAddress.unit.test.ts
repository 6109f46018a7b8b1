import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress, parseTrustedProxies } from '@counter-hub/hub-server/platform/http/clientAddress.ts';

const from = (remoteAddress: string, forwarded?: string) =>
	({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each([
	['nobody is trusted', 'none', from('10.0.0.1', '1.1.1.1'), '10.0.0.1'],
	['a trusted proxy names the person', '10.0.0.0/8', from('10.0.0.1', '1.1.1.1'), '1.1.1.1'],
	['another one does not', '10.0.0.0/8', from('11.0.0.1', '1.1.1.1'), '11.0.0.1'],
	['what the person wrote before the proxy', '10.0.0.0/8', from('10.0.0.1', '9.9.9.9, 1.1.1.1'), '1.1.1.1'],
	['a chain of trusted proxies', '10.0.0.1, 10.0.0.2', from('10.0.0.1', '1.1.1.1, 10.0.0.2'), '1.1.1.1'],
	['two proxies by number', '2', from('10.0.0.1', '9.9.9.9, 1.1.1.1, 172.16.0.1'), '1.1.1.1'],
	['IPv4 as IPv6 shows it', '10.0.0.0/8', from('::ffff:10.0.0.1', '::ffff:1.1.1.1'), '1.1.1.1'],
	['IPv6 networks', 'fd00::/8', from('fd00::1', '2001:db8::7'), '2001:db8::7'],
	['a header that names no address', '10.0.0.0/8', from('10.0.0.1', '1.1.1.1, <script>'), '10.0.0.1'],
	['no header', 'loopback', from('127.0.0.1'), '127.0.0.1'],
])('A8 the person’s address: %s', (_what, trusted, request, expected) => {
	expect(clientAddress(request, parseTrustedProxies(trusted))).toBe(expected);
});

test('A8 a request that was ended while its body came has no address, and that is no error', () => {
	const ended = { socket: null, headers: {} } as unknown as IncomingMessage;
	expect(clientAddress(ended, parseTrustedProxies('none'))).toBe('');
});
