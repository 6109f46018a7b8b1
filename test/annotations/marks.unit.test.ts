import { describe, expect, it, test } from 'vitest';
import { applyMarkEvent, NO_MARKS } from '@counter-hub/shared/annotations/applyMarkEvent.ts';
import {
	drawing,
	MARK_GRID,
	MARK_LIMITS,
	markSubject,
	markSubjectKey,
	type MarkSubject,
} from '@counter-hub/shared/annotations/marks.ts';
import { annotationPolicy } from '@counter-hub/shared/annotations/policy.ts';
import { inkSaid, pointerSaid, SAID_LIMITS } from '@counter-hub/shared/annotations/said.ts';
import { strokesOf } from '@counter-hub/shared/annotations/strokesOf.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import { mediaVolatile } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const AT = '2026-11-23T01:42:00.000Z';
const staff = (n: number, duty: 'permit' | 'receiving'): EventActor => ({
	kind: 'staff',
	staffId: id(n),
	role: 'approver',
	cityCode: '330100',
	counterId: id(90),
	windowId: null,
	duty,
});
const paper = (no: number): MarkSubject => ({
	kind: 'live',
	participantId: id(1),
	source: 'document',
	paper: no,
	materialNo: 2,
});
const still: MarkSubject = { kind: 'still', stillId: id(7) };
const BOX = { tool: 'box', points: [10, 20, 300, 400], text: '请补填召开日期' } as const;
const drawn = (n: number, on: MarkSubject, strokes: string | null = null) => ({
	type: 'mark.drawn' as const,
	data: { markId: id(n), on, drawing: { ...BOX, points: [...BOX.points] }, strokes },
	at: AT,
	actor: staff(5, 'permit'),
	about: { sessionId: id(3) },
	actorName: '许文',
});
const erased = (n: number, strokes: string | null = null) => ({
	type: 'mark.erased' as const,
	data: { markId: id(n), strokes },
	at: AT,
	actor: staff(5, 'permit'),
});

describe('V6 the marks of a case are folded from its timeline', () => {
	it('holds who drew what, when, on which paper and in which call', () => {
		const { marks } = applyMarkEvent(NO_MARKS, drawn(1, paper(3)));
		expect(marks).toEqual([
			{
				markId: id(1),
				on: paper(3),
				drawing: { ...BOX, points: [10, 20, 300, 400] },
				by: { staffId: id(5), duty: 'permit', name: '许文' },
				at: AT,
				sessionId: id(3),
			},
		]);
	});

	it('takes an event once, and leaves the state alone where nothing changes', () => {
		const once = applyMarkEvent(NO_MARKS, drawn(1, still));
		expect(applyMarkEvent(once, drawn(1, still))).toBe(once);
		expect(applyMarkEvent(once, erased(2))).toBe(once);
		expect(applyMarkEvent(once, { ...erased(1), type: 'person.unmasked' })).toBe(once);
	});

	it('keeps the hash of the strokes of each still as the last event on it says', () => {
		const [first, second, third] = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
		let state = applyMarkEvent(NO_MARKS, drawn(1, still, first));
		state = applyMarkEvent(state, drawn(2, paper(0)));
		state = applyMarkEvent(state, drawn(3, still, second));
		expect(state.strokes).toEqual({ [id(7)]: second });
		state = applyMarkEvent(state, erased(1, third));
		expect(state.marks.map(({ markId }) => markId)).toEqual([id(2), id(3)]);
		expect(state.strokes).toEqual({ [id(7)]: third });
	});

	it('tells one paper from the next and from a still; the material does not change where a mark stands', () => {
		const keys = [paper(0), paper(1), still].map(markSubjectKey);
		expect(new Set(keys).size).toBe(3);
		expect(markSubjectKey({ ...paper(0), materialNo: null } as MarkSubject)).toBe(keys[0]);
	});
});

describe('V6 the hash of strokes', () => {
	it('follows from what was drawn, by whom and when, in order, and from no name', () => {
		const two = [drawn(1, still), drawn(2, still)].reduce(applyMarkEvent, NO_MARKS).marks;
		const renamed = two.map((mark) => ({ ...mark, by: { ...mark.by, name: '别名' } }));
		expect(strokesOf(renamed, id(7))).toBe(strokesOf(two, id(7)));
		expect(strokesOf(two.toReversed(), id(7))).not.toBe(strokesOf(two, id(7)));
		expect(strokesOf(two.slice(1), id(7))).not.toBe(strokesOf(two, id(7)));
		expect(strokesOf(two, id(8))).toBe('[]');
	});
});

const pen = (count: number) => ({
	tool: 'pen',
	points: Array.from({ length: 2 * count }, (_, i) => (i * 131) % (MARK_GRID + 1)),
});

describe('V6 what is no mark is refused', () => {
	it.each([
		['a dot', pen(1)],
		['as many points as there may be', pen(MARK_LIMITS.points)],
		['an arrow', { tool: 'arrow', points: [0, 0, MARK_GRID, MARK_GRID] }],
		['a box without words', { ...BOX, text: '' }],
		['words', { tool: 'text', points: [5, 5], text: '长'.repeat(80) }],
	])('%s is one', (_what, asked) => {
		expect(drawing.safeParse(asked).success).toBe(true);
	});

	it.each([
		['ten thousand points', pen(10_000)],
		['half a point', { ...pen(2), points: [1, 2, 3] }],
		['no point', { tool: 'pen', points: [] }],
		['NaN', { tool: 'arrow', points: [0, 0, Number.NaN, 1] }],
		['Infinity', { tool: 'arrow', points: [0, 0, Infinity, 1] }],
		['what JSON makes of NaN', { tool: 'arrow', points: [0, 0, null, 1] }],
		['a place outside', { tool: 'arrow', points: [0, 0, MARK_GRID + 1, 1] }],
		['a place before the beginning', { tool: 'arrow', points: [0, 0, -1, 1] }],
		['parts of a part', { tool: 'arrow', points: [0, 0, 0.5, 1] }],
		['an arrow of three points', { tool: 'arrow', points: [0, 0, 1, 1, 2, 2] }],
		['words of nothing', { tool: 'text', points: [5, 5], text: '' }],
		['words that are too long', { tool: 'text', points: [5, 5], text: '长'.repeat(81) }],
		['an ID number', { tool: 'text', points: [5, 5], text: '310117190001010012' }],
		['words to an arrow', { tool: 'arrow', points: [0, 0, 1, 1], text: '看这里' }],
		['another tool', { ...BOX, tool: 'laser' }],
	])('%s', (_what, asked) => {
		expect(drawing.safeParse(asked).success).toBe(false);
	});

	it.each([
		['the microphone', { ...paper(0), source: 'microphone' }],
		['a paper before the first', paper(-1)],
		['a material that no list has', { ...paper(0), materialNo: 0 }],
		['a still without a name', { kind: 'still', stillId: 'x' }],
	])('on %s', (_what, asked) => {
		expect(markSubject.safeParse(asked).success).toBe(false);
	});
});

test('V6 M-21 the longest message about a stroke fits into a volatile one', () => {
	const on = markSubjectKey({ ...paper(MARK_LIMITS.papers) });
	const points = Array.from({ length: 2 * SAID_LIMITS.points }, () => MARK_GRID);
	const ink = { id: id(1), on, tool: 'arrow', from: SAID_LIMITS.stroke, points };
	const pointer = { on, at: [MARK_GRID, MARK_GRID] };
	expect(inkSaid.safeParse(ink).success).toBe(true);
	expect(pointerSaid.safeParse(pointer).success).toBe(true);
	for (const data of [ink, pointer])
		expect(mediaVolatile.say.safeParse({ roomId: id(2), topic: 'ink', data }).success).toBe(true);
});

const CASE = {
	originCity: '310117',
	permitCity: '330100',
	originCounterId: 'origin',
	permitCounterId: 'permit',
} as const;
type Post = Pick<Actor, 'role' | 'cities' | 'counterId'>;
const CLERK: Post = { role: 'clerk', cities: ['310117'], counterId: 'origin' };
const APPROVER: Post = { role: 'approver', cities: ['330100'], counterId: 'permit' };
const actor = (post: Post, staffId: string): Actor => ({ ...post, staffId, mustChangePassword: false });

test.each<[string, Post, boolean, boolean, boolean]>([
	['the clerk of the receiving counter', CLERK, true, true, false],
	['the approver of the permit counter', APPROVER, true, true, true],
	['a clerk of another counter', { ...CLERK, counterId: 'other' }, false, false, false],
	[
		'a supervisor of the city',
		{ role: 'supervisor', cities: ['330100'], counterId: null },
		false,
		false,
		false,
	],
	['an administrator', { role: 'administrator', cities: ['310117'], counterId: null }, false, false, false],
])('X2 V6 who may mark, erase own marks and those of others: %s', (_who, post, draws, own, others) => {
	const by = (staffId: string) => ({ by: { staffId, duty: null, name: null } });
	const who = actor(post, 's');
	expect(annotationPolicy.drawMark(who, CASE)).toBe(draws);
	expect(annotationPolicy.eraseMark(who, CASE, by('s'))).toBe(own);
	expect(annotationPolicy.eraseMark(who, CASE, by('t'))).toBe(others);
});
