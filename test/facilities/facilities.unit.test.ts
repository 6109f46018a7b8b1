import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import {
	deviceKind,
	recordSiteBody,
	recordWindowBody,
	type Devices,
	type DeviceState,
	type WindowFacilities,
} from '@counter-hub/shared/facilities/facilities.ts';
import { isFault, shortfallsOf } from '@counter-hub/shared/facilities/shortfallsOf.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { devicesIn } from './devicesIn.ts';

const site = { place: 'city', sign: { shown: true, lookedAt: '2026-11-20' } } as const;
const whole: WindowFacilities = { area: 10, devices: devicesIn('inUse') };
const window = (number: number, record: WindowFacilities | null = whole, open = true) => ({
	number,
	open,
	record,
});
const kindsOf = (facilities: Parameters<typeof shortfallsOf>[0]) =>
	shortfallsOf(facilities).map(({ kind, windowNumber, device, area }) =>
		[kind, windowNumber, device, area].filter((part) => part !== null),
	);

test('S5.1 S5.2a a counter with a window of 10 m², the sign and all devices falls short in nothing', () => {
	expect(shortfallsOf({ site, windows: [window(1)] })).toEqual([]);
});

test('S5.1 a window below 10 m², a missing sign and a counter without a window fall short', () => {
	expect(kindsOf({ site, windows: [window(1, { ...whole, area: 9.9 }), window(2)] })).toEqual([
		['areaSmall', 1, 9.9],
	]);
	const bare = { ...site, sign: { shown: false, lookedAt: '2026-11-20' } };
	expect(kindsOf({ site: bare, windows: [window(1)] })).toEqual([['signMissing']]);
	expect(kindsOf({ site, windows: [] })).toEqual([['noWindow']]);
	expect(kindsOf({ site, windows: [window(1, whole, false)] })).toEqual([['noWindow']]);
});

test.each([
	['missing', 'deviceMissing'],
	['broken', 'deviceBroken'],
] as const)('S5.2a each device that is %s falls short, whatever kind it is', (state: DeviceState, kind) => {
	for (const device of deviceKind.options) {
		const devices: Devices = { ...devicesIn('inUse'), [device]: { state, model: '', serial: '', note: '' } };
		expect(kindsOf({ site, windows: [window(3, { ...whole, devices })] })).toEqual([[kind, 3, device]]);
	}
});

test('what nobody has recorded is named and is no fault', () => {
	const nothing = shortfallsOf({ site: null, windows: [window(1, null)] });
	expect(nothing.map(({ kind }) => kind)).toEqual(['siteUnknown', 'windowUnknown']);
	const half = shortfallsOf({
		site,
		windows: [window(1, { area: null, devices: { ...devicesIn('inUse'), desk: null } })],
	});
	expect(half.map(({ kind }) => kind)).toEqual(['areaUnknown', 'deviceUnknown']);
	expect([...nothing, ...half].filter(isFault)).toEqual([]);
	const faults = shortfallsOf({
		site: null,
		windows: [window(1, { area: 4, devices: devicesIn('broken') })],
	});
	expect(faults.filter(isFault)).toHaveLength(9);
});

test('S5.1 a closed window is asked for nothing', () => {
	expect(shortfallsOf({ site, windows: [window(1), window(2, null, false)] })).toEqual([]);
});

test('what does not fit is refused: areas that are none, kinds of devices that there are not, half a list', () => {
	const body = { commandId: randomUUID(), version: 0, area: 12.5, devices: devicesIn('inUse') };
	expect(parse(recordWindowBody, body)).toEqual(body);
	const { desk, ...others } = body.devices;
	for (const more of [
		{ area: 0 },
		{ area: -3 },
		{ area: 1_001 },
		{ area: 12.55 },
		{ area: '12' },
		{ devices: others },
		{ devices: { ...body.devices, robot: desk } },
		{ devices: { ...body.devices, desk: { ...desk, state: 'sold' } } },
		{ devices: { ...body.devices, desk: { ...desk, model: 'x'.repeat(61) } } },
		{ version: -1 },
	])
		expect(() => parse(recordWindowBody, { ...body, ...more }), JSON.stringify(more).slice(0, 50)).toThrow(
			expect.objectContaining({ key: 'invalidInput' }),
		);
	const withNumber = { ...body, devices: { ...body.devices, desk: { ...desk, note: '找 13800138000' } } };
	expect(() => parse(recordWindowBody, withNumber)).toThrow(
		expect.objectContaining({ key: 'personalNumber' }),
	);
	const { sign } = site;
	for (const more of [{ place: 'moon' }, { sign: { ...sign, lookedAt: '2026-02-30' } }, { sign: null }])
		expect(() => parse(recordSiteBody, { commandId: randomUUID(), version: 0, ...site, ...more })).toThrow(
			expect.objectContaining({ key: 'invalidInput' }),
		);
});

test('X2 administrators and supervisors of the city read, only its administrators record', () => {
	const actor = (role: Actor['role']): Actor => ({
		staffId: 'a',
		role,
		cities: ['310117'],
		counterId: null,
		mustChangePassword: false,
	});
	const rights = (role: Actor['role'], city: '310117' | '330100') => [
		may.readFacilities(actor(role), city),
		may.recordFacilities(actor(role), city),
	];
	expect(rights('administrator', '310117')).toEqual([true, true]);
	expect(rights('supervisor', '310117')).toEqual([true, false]);
	for (const role of ['clerk', 'approver'] as const) expect(rights(role, '310117')).toEqual([false, false]);
	for (const role of ['administrator', 'supervisor'] as const)
		expect(rights(role, '330100')).toEqual([false, false]);
});
