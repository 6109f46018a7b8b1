import { describe, expect, test } from 'vitest';
import { judge } from '@counter-hub/shared/links/judge.ts';
import { LINK_LIMITS, linkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import type { MeasuredLink } from '@counter-hub/shared/links/measured.ts';
import { GOOD } from './goodLink.ts';

const found = (measured: MeasuredLink) => {
	const { verdict, findings } = judge(measured, LINK_LIMITS);
	return [verdict, ...findings.map(({ kind }) => kind)];
};
const picture = (change: Partial<MeasuredLink['picture']>): MeasuredLink => ({
	...GOOD,
	picture: { ...GOOD.picture, ...change },
});
const sound = (change: Partial<MeasuredLink['sound']>): MeasuredLink => ({
	...GOOD,
	sound: { ...GOOD.sound, ...change },
});

describe('L3 L4 what arrives is judged', () => {
	test('a good link passes', () => {
		expect(found(GOOD)).toEqual(['pass']);
	});

	test.each<[string, MeasuredLink, string]>([
		['no picture', picture({ frames: 0, framesPerSecond: 0, firstMs: null }), 'noPicture'],
		['a covered lens', picture({ contrast: 0.4 }), 'covered'],
		['a frozen picture', picture({ motion: 0 }), 'frozen'],
		['a blanked camera', picture({ blanked: true, frames: 0, framesPerSecond: 0 }), 'blanked'],
		['no sound', sound({ packets: 0 }), 'noSound'],
		['a microphone without a signal', sound({ level: -120 }), 'silent'],
		['a muted microphone', sound({ muted: true, packets: 0 }), 'muted'],
	])('%s fails, and is called so alone', (_what, measured, kind) => {
		expect(found(measured)).toEqual(['fail', kind]);
	});

	test('where nothing arrives at all, that is one finding', () => {
		const nothing = { ...picture({ frames: 0, framesPerSecond: 0 }), sound: { ...GOOD.sound, packets: 0 } };
		expect(found(nothing)).toEqual(['fail', 'nothing']);
	});

	test.each<[string, Partial<MeasuredLink>, string, string]>([
		['loss', { lossPercent: 2.4 }, 'warn', 'loss'],
		['loss', { lossPercent: 12 }, 'fail', 'loss'],
		['delay', { roundTripMs: 420 }, 'warn', 'roundTrip'],
		['delay', { roundTripMs: 900 }, 'fail', 'roundTrip'],
		['jitter', { jitterMs: 70 }, 'warn', 'jitter'],
		['jitter', { jitterMs: 250 }, 'fail', 'jitter'],
		['frames', { picture: { ...GOOD.picture, framesPerSecond: 8 } }, 'warn', 'frames'],
		['frames', { picture: { ...GOOD.picture, framesPerSecond: 2 } }, 'fail', 'frames'],
		['a late picture', { picture: { ...GOOD.picture, firstMs: 5_000 } }, 'warn', 'firstPicture'],
		['TCP alone', { path: 'tcp' }, 'warn', 'tcp'],
	])('%s beyond a limit: %o is %s', (_what, change, verdict, kind) => {
		expect(found({ ...GOOD, ...change })).toEqual([verdict, kind]);
	});

	test('the worst finding stands first and decides', () => {
		expect(found({ ...picture({ contrast: 0 }), path: 'tcp', lossPercent: 3 })).toEqual([
			'fail',
			'covered',
			'loss',
			'tcp',
		]);
	});

	test('an unknown round trip is none that is too long', () => {
		expect(found({ ...GOOD, roundTripMs: null })).toEqual(['pass']);
	});

	test('limits that contradict themselves are refused', () => {
		const reversed = { ...LINK_LIMITS, lossPercent: { warn: 9, fail: 2 } };
		const upside = { ...LINK_LIMITS, framesPerSecond: { warn: 5, fail: 12 } };
		expect(linkLimits.safeParse(LINK_LIMITS).success).toBe(true);
		expect(linkLimits.safeParse(reversed).success).toBe(false);
		expect(linkLimits.safeParse(upside).success).toBe(false);
	});
});
