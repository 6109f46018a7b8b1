import { describe, expect, test } from 'vitest';
import { LINK_LIMITS } from '@counter-hub/shared/links/linkTerms.ts';
import { measuredInCall } from '@counter-hub/shared/links/measured.ts';
import { Reception, type Step } from '../../web/src/features/links/call/Reception.ts';

/** Two seconds of a call that is well. */
const WELL: Step = {
	seconds: 2,
	picture: { frames: 48, width: 1280, height: 720 },
	sound: { packets: 100 },
	packets: 700,
	lost: 1,
	roundTripMs: 40,
	jitterMs: 4,
	path: 'udp',
};
const LOSSY: Step = { ...WELL, packets: 500, lost: 200 };

/** Which of the steps something was told at, and what. */
function taken(steps: readonly (Step | null)[]) {
	const reception = new Reception(LINK_LIMITS);
	return steps.map((step) => reception.take(step)?.seconds ?? null);
}
const times = (n: number, step: Step | null) => Array.from({ length: n }, () => step);

describe('K-8 what arrives in a call', () => {
	test('is told once it has been beyond the limits for ten seconds without a pause', () => {
		expect(taken([...times(6, WELL), ...times(6, LOSSY)])).toEqual([...times(10, null), 10, 12]);
		expect(taken([...times(4, LOSSY), WELL, ...times(4, LOSSY)])).toEqual(times(9, null));
	});

	test('one burst in half a minute says nothing, however much it spoils the mean', () => {
		expect(taken([...times(7, WELL), { ...LOSSY, packets: 1, lost: 5_000 }, ...times(7, WELL)])).toEqual(
			times(15, null),
		);
	});

	test('a microphone that is muted and a camera that is off begin anew, and are no silence', () => {
		const muted: Step = { ...WELL, sound: null, picture: null, packets: 0, lost: 0 };
		expect(taken([...times(4, LOSSY), ...times(8, muted), ...times(4, LOSSY)])).toEqual(times(16, null));
		const reception = new Reception(LINK_LIMITS);
		for (const step of times(8, muted)) reception.take(step);
		expect(reception.last()).toBeNull();
	});

	test('no picture from a camera that is on is one', () => {
		const dark: Step = { ...WELL, picture: { frames: 0, width: 0, height: 0 } };
		const reception = new Reception(LINK_LIMITS);
		const told = times(5, dark).map((step) => reception.take(step));
		expect(told.at(-1)).toMatchObject({ seconds: 10, picture: { frames: 0 }, sound: { packets: 500 } });
	});

	test('what nobody can say anything of, as while the line is restored, is left out', () => {
		expect(taken([...times(4, LOSSY), null, ...times(4, LOSSY)])).toEqual(times(9, null));
	});

	test('at the end it is told how it was last, without the moment in which the other side went', () => {
		const reception = new Reception(LINK_LIMITS);
		for (const step of times(40, WELL)) reception.take(step);
		reception.take({ ...WELL, picture: { frames: 0, width: 1280, height: 720 } });
		const last = reception.last();
		expect(last).toMatchObject({
			seconds: 28,
			picture: { frames: 672, framesPerSecond: 24 },
			roundTripMs: 40,
		});
		expect(measuredInCall.safeParse(last).success).toBe(true);
		const short = new Reception(LINK_LIMITS);
		for (const step of times(3, WELL)) short.take(step);
		expect(short.last()).toBeNull();
	});
});
