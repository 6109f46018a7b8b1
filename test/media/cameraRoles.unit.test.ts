import { expect, test } from 'vitest';
import { camerasFor, camerasForPapers } from '../../web/src/features/media/cameraRoles.ts';

const cameras = ['a', 'b', 'c'].map((id) => ({ id, label: id }));
const nothing = { chosen: null, used: null, using: null };
const ids = (found: { id: string }[]) => found.map(({ id }) => id);

test('F1 what was chosen stands alone; the other role takes anything else', () => {
	expect(ids(camerasFor(cameras, { ...nothing, chosen: 'a' }, nothing))).toEqual(['a']);
	expect(ids(camerasFor(cameras, nothing, { ...nothing, chosen: 'a' }))).toEqual(['b', 'c']);
	expect(ids(camerasFor(cameras, { ...nothing, used: 'c' }, nothing))).toEqual(['c', 'a', 'b']);
});

test('F2 a camera that the other role has, had or shall have is never taken', () => {
	for (const papers of [{ chosen: 'a' }, { used: 'a' }, { using: 'a' }])
		expect(ids(camerasFor(cameras.slice(0, 1), nothing, { ...nothing, ...papers }))).toEqual([]);
	const gone = { ...nothing, chosen: 'w' };
	expect(ids(camerasFor(cameras, gone, { ...nothing, used: 'a' }))).toEqual(['b', 'c']);
});

test('V4 papers leave one camera for the person, whoever is opened first', () => {
	expect(ids(camerasForPapers(cameras, nothing, nothing))).toEqual(['b', 'c']);
	expect(ids(camerasForPapers(cameras, nothing, { ...nothing, used: 'b' }))).toEqual(['a', 'c']);
	expect(ids(camerasForPapers(cameras.slice(0, 1), nothing, nothing))).toEqual([]);
	expect(ids(camerasForPapers(cameras.slice(0, 1), { ...nothing, chosen: 'a' }, nothing))).toEqual(['a']);
});
