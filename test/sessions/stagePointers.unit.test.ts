import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StagePointers } from '../../web/src/features/sessions/StagePointers.ts';

const HOVERS = -1;
const finger = (pointerId: number, x: number) =>
	({ pointerId, button: 0, isPrimary: pointerId === 1, clientX: x }) as PointerEvent;
const mouse = (button: number, x: number, preventDefault = () => {}) =>
	({ pointerId: 9, button, isPrimary: true, clientX: x, preventDefault }) as PointerEvent;

describe('V4 V6 what pointers do on the stage goes to the tool or moves the picture, never both', () => {
	/** In the order in which it happened. */
	let done: string[];
	let pointers: StagePointers;
	const on = (isTooled: boolean) => {
		const at = ({ clientX }: MouseEvent) => ({ x: clientX, y: 0 });
		const note = (what: string) => (point: { x: number }) => void done.push(`${what} ${point.x}`);
		const tool = {
			id: 'pen',
			cursor: '',
			down: note('down'),
			move: note('move'),
			up: note('up'),
			cancel: () => void done.push('cancel'),
			leave: () => void done.push('leave'),
		};
		return new StagePointers({
			tool: isTooled ? tool : null,
			zoom: {
				pointAt: at,
				fromMiddle: at,
				drag: (before, now, other) =>
					void done.push(`drag ${before.x}–${now.x}${other ? ` with ${other.x}` : ''}`),
			},
		});
	};
	beforeEach(() => {
		done = [];
		pointers = on(true);
	});

	it('one finger draws; a mouse that hovers is heard of, too', () => {
		pointers.move(mouse(HOVERS, 4));
		pointers.down(finger(1, 10));
		pointers.move(finger(1, 12));
		pointers.up(finger(1, 12));
		expect(done).toEqual(['move 4', 'down 10', 'move 12', 'up 12']);
	});

	it('a second finger gives up what the first one began; both pinch, whichever leaves first, and leave no ghost', () => {
		pointers.down(finger(1, 10));
		pointers.move(finger(1, 12));
		pointers.down(finger(2, 40));
		pointers.move(finger(1, 8));
		pointers.move(finger(2, 44));
		pointers.up(finger(1, 8));
		pointers.move(finger(2, 50));
		pointers.up(finger(2, 50));
		expect(done).toEqual([
			'down 10',
			'move 12',
			'cancel',
			'drag 12–8 with 40',
			'drag 40–44 with 8',
			'drag 44–50',
		]);
		done = [];
		pointers.down(finger(1, 20));
		pointers.up(finger(1, 20));
		expect(done).toEqual(['down 20', 'up 20']);
	});

	it('the middle button moves the picture whatever the tool; the right one does nothing', () => {
		const preventDefault = vi.fn();
		expect(pointers.down(mouse(1, 10, preventDefault))).toBe(true);
		expect(preventDefault).toHaveBeenCalled();
		pointers.move(mouse(HOVERS, 14));
		pointers.up(mouse(1, 14));
		expect(pointers.down(mouse(2, 14))).toBe(false);
		expect(done).toEqual(['drag 10–14']);
	});

	it('a pointer that the system takes away draws nothing', () => {
		pointers.down(finger(1, 10));
		pointers.cancel(finger(1, 10));
		pointers.up(finger(1, 10));
		expect(done).toEqual(['down 10', 'cancel']);
	});

	it('without a tool one finger drags', () => {
		pointers = on(false);
		pointers.move(mouse(HOVERS, 4));
		pointers.down(finger(1, 10));
		pointers.move(finger(1, 12));
		pointers.up(finger(1, 12));
		expect(done).toEqual(['drag 10–12']);
	});
});
