import { rtcAddresses } from '@counter-hub/media-server/platform/addresses.ts';
import { expect, test } from 'vitest';

const own = ['10.0.0.5', '192.168.7.5'];

test('F33 one address per network is bound and announced as it is', async () => {
	expect(await rtcAddresses('0.0.0.0', own, own)).toEqual([
		{ ip: '10.0.0.5', announced: undefined },
		{ ip: '192.168.7.5', announced: undefined },
	]);
});

test('F33 an address before a translating gateway stands for the address that is bound', async () => {
	expect(await rtcAddresses('10.0.0.5', ['203.0.113.9'], own)).toEqual([
		{ ip: '10.0.0.5', announced: '203.0.113.9' },
	]);
	expect(await rtcAddresses('10.0.0.5', ['203.0.113.9', '192.168.7.5'], own)).toEqual([
		{ ip: '10.0.0.5', announced: '203.0.113.9' },
		{ ip: '192.168.7.5', announced: undefined },
	]);
});

test('F33 two that would need one socket are refused with their name', async () => {
	await expect(rtcAddresses('10.0.0.5', ['203.0.113.9', '198.51.100.3'], own)).rejects.toThrow(
		/ANNOUNCED_ADDRESS: 198\.51\.100\.3 would be bound to 10\.0\.0\.5/,
	);
});

test('one host alone is bound as ever', async () => {
	expect(await rtcAddresses('0.0.0.0', ['0.0.0.0'], own)).toEqual([{ ip: '0.0.0.0', announced: '10.0.0.5' }]);
	expect(await rtcAddresses('127.0.0.1', ['127.0.0.1'], own)).toEqual([
		{ ip: '127.0.0.1', announced: undefined },
	]);
});
