import { describe, expect, test } from 'vitest';
import { moved } from '../../web/src/features/links/gridMove.ts';

describe('X1 the matrix by keyboard', () => {
	const at = (row: number, column: number) => ({ row, column });

	test('arrows go from cell to cell and stay at the edge', () => {
		expect(moved(at(0, 1), 'ArrowDown', 9)).toEqual(at(1, 1));
		expect(moved(at(1, 1), 'ArrowRight', 9)).toEqual(at(1, 2));
		expect(moved(at(0, 0), 'ArrowUp', 9)).toEqual(at(0, 0));
		expect(moved(at(0, 0), 'ArrowLeft', 9)).toEqual(at(0, 0));
		expect(moved(at(8, 8), 'ArrowDown', 9)).toEqual(at(8, 8));
		expect(moved(at(8, 8), 'ArrowRight', 9)).toEqual(at(8, 8));
	});

	test('Home and End go to the ends of the row', () => {
		expect(moved(at(4, 5), 'Home', 9)).toEqual(at(4, 0));
		expect(moved(at(4, 5), 'End', 9)).toEqual(at(4, 8));
	});
});
