import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { LINK_LIMITS, type LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import type { MeasuredInCall } from '@counter-hub/shared/links/measured.ts';
import { untrack } from 'svelte';
import type { CallController } from '#features/sessions/CallController.svelte.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { isPassing } from '#platform/isPassing.ts';
import { linksApi } from '../linksApi.ts';
import { CallWatch } from './CallWatch.ts';

const REPEAT_MS = 1_000;
/** The hub takes it for a minute after the end. */
const TRIES = 30;

/**
 * Calls of the day feed the register of links (L4): what arrives in the call of this page is measured and told, without a
 * sound. Call while a component is being made.
 */
export function watchCalls(app: App, call: CallController): void {
	const held = $derived(call.phase.kind === 'inCall' ? call.phase.session.id : null);
	const client = $derived(call.media?.client ?? null);
	$effect(() => {
		const [sessionId, ofCall] = [held, client];
		const cities = untrack(() => [call.sides?.own.cityCode, call.sides?.other?.cityCode]);
		const [own, other] = cities;
		if (sessionId === null || !ofCall || own === undefined || own === other) return;
		let watch: CallWatch | null = null;
		let isOver = false;
		void limitsOf(app, own).then((limits) => {
			if (!isOver) watch = new CallWatch(ofCall, limits, (measured) => void tell(app, sessionId, measured));
		});
		return () => {
			isOver = true;
			// While an effect is torn down it still sees the phase before.
			queueMicrotask(() => watch?.close(call.phase.kind === 'ended'));
		};
	});
}

/** The hub judges by the same ones; where they cannot be read now, by those that every city begins with. */
const limitsOf = (app: App, city: CityCode): Promise<LinkLimits> =>
	linksApi.limits(app.api, city).then(
		({ limits }) => limits,
		() => LINK_LIMITS,
	);

async function tell(app: App, sessionId: string, measured: MeasuredInCall): Promise<void> {
	for (let tries = 0; tries < TRIES; tries++) {
		try {
			await app.hub.request('link:heard', { sessionId, measured });
			return;
		} catch (error) {
			if (!isPassing(ApiProblem.from(error).problem)) return;
			await new Promise((resolve) => setTimeout(resolve, REPEAT_MS));
		}
	}
}
