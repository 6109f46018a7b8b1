import type { CityCode } from '../cities/cities.ts';
import type { checkEvents } from '../checks/events.ts';
import type { CallMeasurement, LinkEnd, LinkMeasurement, LinkResult } from '../links/linkMeasurement.ts';
import type { FindingKind } from '../links/linkTerms.ts';
import type { z } from 'zod';
import type { KnownCause } from './causes.ts';
import type { Evidence } from './evidence.ts';

/** Which centre answers for a fault. */
export interface Answering {
	cityCode: CityCode;
	counterId: string;
}

/** What a check or a measurement says of one cause. */
export interface Outcome {
	cause: KnownCause;
	failed: boolean;
	evidence: Evidence;
	answering: Answering;
}

/**
 * Whose fault a finding is: the city's that sends (its camera, microphone, browser), or that of the city where it arrives
 * or should (its line, or its page that did not come).
 */
const ANSWERS: Record<Exclude<FindingKind, 'nodeAway'>, 'sender' | 'receiver'> = {
	covered: 'sender',
	frozen: 'sender',
	blanked: 'sender',
	noPicture: 'sender',
	noSound: 'sender',
	silent: 'sender',
	muted: 'sender',
	frames: 'sender',
	absent: 'receiver',
	unreported: 'receiver',
	nothing: 'receiver',
	loss: 'receiver',
	roundTrip: 'receiver',
	jitter: 'receiver',
	firstPicture: 'receiver',
	tcp: 'receiver',
};

/** Of one item of a window's check (S5.2b). What works and falls short of the minimum says neither. Pure. */
export function outcomesOfCheck(
	{ windowId, counterId, cityCode, found, verdict }: z.infer<(typeof checkEvents)['check.item']>,
	at: string,
): Outcome[] {
	if (verdict === 'warn') return [];
	return [
		{
			cause: { kind: 'device', windowId, item: found.item },
			failed: verdict === 'fail',
			evidence: { kind: 'check', at, found },
			answering: { cityCode, counterId },
		},
	];
}

/**
 * Of both directions of a link, and of the nodes of its two cities (L4, L5). The finding that decides is the first that
 * fails. Pure.
 */
export function outcomesOfLink(
	{ ends: [one, other], forth, back, away = [] }: LinkMeasurement,
	at: string,
): Outcome[] {
	const ways = [
		{ from: one, to: other, result: forth },
		{ from: other, to: one, result: back },
	];
	const nodes = new Map<CityCode, Outcome>();
	const links: Outcome[] = [];
	for (const way of ways) {
		const link = outcomeOfWay(way, at);
		if (link) links.push(link);
		for (const end of [way.from, way.to]) {
			const node = outcomeOfNode(way, end, at, away);
			if (node) nodes.set(end.cityCode, node);
		}
	}
	return [...links, ...nodes.values()];
}

/** Of what arrived in a call: it finds faults, and takes none back, as it does not see everything (L5). Pure. */
export function outcomesOfCall({ ends: [one, other], way, result }: CallMeasurement, at: string): Outcome[] {
	const [from, to] = way === 'forth' ? [one, other] : [other, one];
	const outcome = outcomeOfWay({ from, to, result }, at);
	return outcome?.failed ? [outcome] : [];
}

interface Way {
	from: LinkEnd;
	to: LinkEnd;
	result: LinkResult;
}

const decisive = ({ verdict, findings }: LinkResult): FindingKind | undefined =>
	verdict === 'fail' ? findings.find(({ level }) => level === 'fail')?.kind : undefined;

const evidenceOf = ({ from, to, result }: Way, at: string): Evidence => ({
	kind: 'link',
	at,
	from: from.cityCode,
	to: to.cityCode,
	result,
});

const answeringAt = ({ cityCode, counterId }: LinkEnd): Answering => ({ cityCode, counterId });

function outcomeOfWay(way: Way, at: string): Outcome | undefined {
	const kind = decisive(way.result);
	const failed = kind !== undefined;
	if (kind === 'nodeAway' || (!failed && way.result.verdict !== 'pass')) return undefined;
	const { from, to } = way;
	return {
		cause: { kind: 'link', from: from.cityCode, to: to.cityCode },
		failed,
		evidence: evidenceOf(way, at),
		answering: answeringAt(failed && ANSWERS[kind] === 'sender' ? from : to),
	};
}

/** What passes goes by the nodes of both cities. */
function outcomeOfNode(way: Way, end: LinkEnd, at: string, away: readonly CityCode[]): Outcome | undefined {
	const failed = decisive(way.result) === 'nodeAway' && away.includes(end.cityCode);
	if (!failed && way.result.verdict !== 'pass') return undefined;
	return {
		cause: { kind: 'node', city: end.cityCode },
		failed,
		evidence: evidenceOf(way, at),
		answering: answeringAt(end),
	};
}
