import { describe, expect, test } from 'vitest';
import { isChecked, type WindowCheck } from '@counter-hub/shared/checks/checks.ts';
import {
	CHECK_MINIMUM,
	judgeItem,
	type CheckFinding,
	type NodePath,
} from '@counter-hub/shared/checks/items.ts';
import type { Verdict } from '@counter-hub/shared/links/linkTerms.ts';

const hd = { width: 1280, height: 720, framesPerSecond: 25 };
const sheet = { width: 3264, height: 2448, framesPerSecond: 12 };
const path = (change: Partial<NodePath> = {}): NodePath => ({
	reached: true,
	seconds: 5,
	roundTripMs: 4,
	lossPercent: 0,
	jitterMs: 1,
	upBitrate: 2e6,
	downBitrate: 2e6,
	...change,
});
const away = path({ reached: false, roundTripMs: null, upBitrate: 0, downBitrate: 0 });

describe('L1 L2 S5.2b each item is judged for itself', () => {
	test.each<[string, CheckFinding, Verdict]>([
		['a camera as asked for', { item: 'camera', picture: hd }, 'pass'],
		['a small camera', { item: 'camera', picture: { ...hd, height: 480 } }, 'warn'],
		['a slow camera', { item: 'camera', picture: { ...hd, framesPerSecond: 9 } }, 'warn'],
		['a camera that gives nothing', { item: 'camera', picture: { ...hd, framesPerSecond: 0 } }, 'fail'],
		['no camera', { item: 'camera', picture: null }, 'fail'],
		['a document camera', { item: 'document', picture: sheet, legible: null }, 'pass'],
		[
			'one that stands upright',
			{ item: 'document', picture: { ...sheet, width: 1080, height: 1920 }, legible: true },
			'pass',
		],
		['a small one', { item: 'document', picture: hd, legible: true }, 'warn'],
		['one that does not show 9 pt', { item: 'document', picture: sheet, legible: false }, 'fail'],
		['no document camera', { item: 'document', picture: null, legible: null }, 'fail'],
		['a voice', { item: 'microphone', level: { peak: -18, floor: -54 } }, 'pass'],
		['a whisper', { item: 'microphone', level: { peak: -60, floor: -70 } }, 'warn'],
		['no microphone', { item: 'microphone', level: null }, 'fail'],
		['notes heard', { item: 'speaker', played: 3, heard: 3 }, 'pass'],
		['notes guessed', { item: 'speaker', played: 3, heard: 2 }, 'fail'],
		['a scanner', { item: 'scanner', works: true }, 'pass'],
		['a printer without paper', { item: 'printer', works: false }, 'fail'],
		['a seal that is missing', { item: 'custody', complete: false }, 'fail'],
		['both ways to the node', { item: 'node', udp: path(), tcp: path() }, 'pass'],
		['UDP alone', { item: 'node', udp: path(), tcp: away }, 'warn'],
		['TCP alone', { item: 'node', udp: away, tcp: path() }, 'warn'],
		['no way at all', { item: 'node', udp: away, tcp: away }, 'fail'],
		['some loss', { item: 'node', udp: path({ lossPercent: 2 }), tcp: path() }, 'warn'],
		['much loss', { item: 'node', udp: path({ lossPercent: 20 }), tcp: path() }, 'fail'],
		['a far node', { item: 'node', udp: path({ roundTripMs: 150 }), tcp: path() }, 'warn'],
	])('%s: %o → %s', (_what, found, verdict) => {
		expect(judgeItem(found, CHECK_MINIMUM)).toBe(verdict);
	});

	test('a window is checked when nothing that is needed is missing or has failed', () => {
		const item = (found: CheckFinding, verdict: Verdict) => ({ at: '', by: '', verdict, found });
		const items: WindowCheck['items'] = {
			camera: item({ item: 'camera', picture: hd }, 'pass'),
			microphone: item({ item: 'microphone', level: { peak: -60, floor: -70 } }, 'warn'),
		};
		expect(isChecked(items)).toBe(false);
		const node = item({ item: 'node', udp: path(), tcp: path() }, 'pass');
		expect(isChecked({ ...items, node })).toBe(true);
		expect(isChecked({ ...items, node: { ...node, verdict: 'fail' } })).toBe(false);
		const printer = item({ item: 'printer', works: false }, 'fail');
		expect(isChecked({ ...items, node, printer })).toBe(true);
	});
});
