import { describe, expect, test } from 'vitest';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { failed, judge } from '@counter-hub/shared/links/judge.ts';
import type { LinkMeasurement, LinkResult } from '@counter-hub/shared/links/linkMeasurement.ts';
import { findingKind, LINK_LIMITS, type FindingKind } from '@counter-hub/shared/links/linkTerms.ts';
import { causeKey } from '@counter-hub/shared/tickets/causes.ts';
import { outcomesOfCheck, outcomesOfLink } from '@counter-hub/shared/tickets/faults.ts';
import { afterStep, ticketState, type TicketStep } from '@counter-hub/shared/tickets/ticketState.ts';
import { GOOD } from '../links/goodLink.ts';

const AT = '2026-11-23T01:02:03.000Z';
const [A, B] = ['310117', '330100'] as const;
const PASS: LinkResult = { ...judge(GOOD, LINK_LIMITS), measured: GOOD };
const fail = (kind: FindingKind): LinkResult => ({ ...failed(kind), measured: null });
const end = (cityCode: CityCode) => ({
	cityCode,
	counterId: `counter of ${cityCode}`,
	windowId: null,
	staffId: 's',
	nodeId: null,
});
const measured = (forth: LinkResult, back: LinkResult): LinkMeasurement => ({
	exchangeId: 'e',
	date: '2026-11-23',
	cause: 'exchange',
	ends: [end(A), end(B)],
	forth,
	back,
});
/** `link:A-B failed at A` */
const said = (measurement: LinkMeasurement) =>
	outcomesOfLink(measurement, AT)
		.map(({ cause, failed: isBad, answering }) =>
			[causeKey(cause), isBad ? 'failed' : 'passed', answering.cityCode].join(' '),
		)
		.toSorted();

describe('L5 which centre answers for a link that fails', () => {
	test.each<[kind: FindingKind, city: CityCode]>([
		['covered', A],
		['frozen', A],
		['blanked', A],
		['noPicture', A],
		['noSound', A],
		['silent', A],
		['muted', A],
		['frames', A],
		['absent', B],
		['unreported', B],
		['nothing', B],
		['loss', B],
		['roundTrip', B],
		['jitter', B],
		['firstPicture', B],
		['tcp', B],
	])('%s from A to B: %s', (kind, city) => {
		expect(said(measured(fail(kind), PASS))).toContain(`link:${A}-${B} failed ${city}`);
	});

	test('every finding has one', () => {
		for (const kind of findingKind.options.filter((one) => one !== 'nodeAway'))
			expect(outcomesOfLink(measured(fail(kind), fail(kind)), AT)).toHaveLength(2);
	});

	test('the worst finding decides, whatever is merely worth attention', () => {
		const forth: LinkResult = {
			verdict: 'fail',
			findings: [
				{ kind: 'loss', level: 'fail' },
				{ kind: 'covered', level: 'warn' },
			],
			measured: GOOD,
		};
		expect(said(measured(forth, PASS))).toContain(`link:${A}-${B} failed ${B}`);
	});

	test('what passes says so of the link, and of the nodes of both cities', () => {
		expect(said(measured(PASS, PASS))).toEqual([
			`link:${A}-${B} passed ${B}`,
			`link:${B}-${A} passed ${A}`,
			`node:${A} passed ${A}`,
			`node:${B} passed ${B}`,
		]);
	});

	test('what is worth attention neither fails nor passes', () => {
		const warn: LinkResult = {
			verdict: 'warn',
			findings: [{ kind: 'tcp', level: 'warn' }],
			measured: GOOD,
		};
		expect(said(measured(warn, warn))).toEqual([]);
	});

	test('a node that is away is one fault of its city, and none of the link', () => {
		const gone = fail('nodeAway');
		const away = (...cities: CityCode[]) => said({ ...measured(gone, gone), cause: 'node', away: cities });
		expect(away(B)).toEqual([`node:${B} failed ${B}`]);
		expect(away(A, B)).toEqual([`node:${A} failed ${A}`, `node:${B} failed ${B}`]);
		expect(said(measured(gone, gone))).toEqual([]);
	});
});

describe('S5.2b a check of a device', () => {
	test.each([
		['fail', ['window:w:printer failed 310117']],
		['pass', ['window:w:printer passed 310117']],
		['warn', []],
	] as const)('%s', (verdict, expected) => {
		const found = { item: 'printer', works: verdict === 'pass' } as const;
		const item = { windowId: 'w', counterId: 'c', cityCode: A, date: '2026-11-23', found, verdict };
		const outcomes = outcomesOfCheck(item, AT).map(({ cause, failed: isBad, answering }) =>
			[causeKey(cause), isBad ? 'failed' : 'passed', answering.cityCode].join(' '),
		);
		expect(outcomes).toEqual(expected);
	});
});

describe('S5.2b the states of a ticket', () => {
	const run = (...steps: TicketStep[]) =>
		steps.reduce<ReturnType<typeof afterStep>>((state, step) => state && afterStep(state, step), 'pending');

	test('待处理, 处理中, 已解决, and again where it was not', () => {
		expect(run('taken')).toBe('working');
		expect(run('taken', 'failed', 'solved')).toBe('solved');
		expect(run('taken', 'solved', 'reopened')).toBe('pending');
	});
	test('a device that passes waits for a word; a link that passes is solved', () => {
		expect(run('taken', 'passed')).toBe('confirming');
		expect(run('passed', 'failed')).toBe('pending');
		expect(run('passed', 'solved')).toBe('solved');
		expect(run('passed', 'reopened')).toBe('pending');
		expect(run('recovered')).toBe('solved');
	});
	test('what is solved only opens again', () => {
		const steps = ['failed', 'passed', 'recovered', 'taken', 'solved'] as const;
		for (const step of steps) expect(afterStep('solved', step)).toBeUndefined();
		expect(afterStep('confirming', 'taken')).toBeUndefined();
		expect(afterStep('pending', 'reopened')).toBeUndefined();
		expect(ticketState.options).toHaveLength(4);
	});
});
