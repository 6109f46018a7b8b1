import { CALL_SUSTAINED_MS } from '@counter-hub/shared/links/callTimes.ts';
import { judge } from '@counter-hub/shared/links/judge.ts';
import type { LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import { receivedInCall, type MeasuredInCall } from '@counter-hub/shared/links/measured.ts';

/** What arrived between two looks at the counters. */
export interface Step {
	/** In seconds. */
	seconds: number;
	/** Null: none was to be expected. */
	picture: { frames: number; width: number; height: number } | null;
	sound: { packets: number } | null;
	packets: number;
	lost: number;
	roundTripMs: number | null;
	jitterMs: number;
	path: MeasuredInCall['path'];
}

/** So much of the newest is kept, in seconds, and told at the end; less than the least says little. */
const KEPT = 30;
const LEAST = 5;

/**
 * What arrives in a call, step by step: whether it is beyond the limits for so long that it must be told, and how it was
 * last. Pure arithmetic: the caller looks at the counters. Steps are of one kind, with the same things to be expected;
 * whatever else comes begins anew.
 */
export class Reception {
	readonly #limits: LinkLimits;
	#steps: Step[] = [];

	constructor(limits: LinkLimits) {
		this.#limits = limits;
	}

	/**
	 * @param step null: nothing can be said of this time
	 * @returns what arrived since it became bad, once that lasts; else null
	 */
	take(step: Step | null): MeasuredInCall | null {
		const before = this.#steps.at(-1);
		if (!step || (before && !isAlike(before, step))) this.#steps = [];
		if (!step || (!step.picture && !step.sound)) return null;
		this.#steps.push(step);
		while (secondsOf(this.#steps.slice(1)) >= KEPT) this.#steps.shift();
		const firstGood = this.#steps.findLastIndex((one) => !this.#isBad(one));
		const bad = this.#steps.slice(firstGood + 1);
		return secondsOf(bad) * 1000 >= CALL_SUSTAINED_MS ? sumOf(bad) : null;
	}

	/** As the call ends. The last step is left out: the other side went in it. Null: too short to say anything. */
	last(): MeasuredInCall | null {
		const steps = this.#steps.slice(0, -1);
		return secondsOf(steps) < LEAST ? null : sumOf(steps);
	}

	#isBad(step: Step): boolean {
		return judge(receivedInCall(sumOf([step])), this.#limits).verdict === 'fail';
	}
}

const isAlike = (one: Step, other: Step): boolean =>
	(one.picture === null) === (other.picture === null) && (one.sound === null) === (other.sound === null);

const secondsOf = (steps: readonly Step[]): number => steps.reduce((sum, { seconds }) => sum + seconds, 0);

/** Of at least one step. */
function sumOf(steps: readonly Step[]): MeasuredInCall {
	const seconds = secondsOf(steps);
	const sum = (of: (step: Step) => number) => steps.reduce((total, step) => total + of(step), 0);
	const last = steps.at(-1);
	const picture = last?.picture;
	const frames = sum((step) => step.picture?.frames ?? 0);
	const [received, lost] = [sum(({ packets }) => packets), sum((step) => step.lost)];
	return {
		seconds,
		picture: picture
			? { frames, framesPerSecond: frames / seconds, width: picture.width, height: picture.height }
			: null,
		sound: last?.sound ? { packets: sum(({ sound }) => sound?.packets ?? 0) } : null,
		roundTripMs: median(steps.flatMap(({ roundTripMs }) => roundTripMs ?? [])),
		lossPercent: received + lost === 0 ? 0 : (100 * lost) / (received + lost),
		jitterMs: Math.max(...steps.map(({ jitterMs }) => jitterMs)),
		path: last?.path ?? null,
	};
}

const median = (values: readonly number[]): number | null =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
