import { afterEach, expect, test, vi } from 'vitest';
import { RemoteClock, steadyNow } from '@counter-hub/shared/server/RemoteClock.ts';

afterEach(() => {
	vi.useRealTimers();
});

test('N-3 a correction of the node’s own clock does not move what it takes for the time of the hub', () => {
	vi.useFakeTimers({ toFake: ['Date'] });
	const clock = new RemoteClock();
	const HOUR = 3_600_000;
	const sentAt = steadyNow();
	clock.learn(sentAt, sentAt + 10, sentAt + 5 + HOUR);
	const before = clock.now();
	expect(Math.abs(before - steadyNow() - HOUR)).toBeLessThan(HOUR / 2);
	vi.setSystemTime(Date.now() - HOUR);
	expect(Math.abs(clock.now() - before)).toBeLessThan(HOUR / 2);
});

test('N-3 of the last eight round trips the shortest counts', () => {
	const clock = new RemoteClock();
	const offsetOf = () => Math.round((clock.now() - steadyNow()) / 1000);
	clock.learn(0, 10, 5 + 60_000);
	expect(offsetOf()).toBe(60);
	for (let n = 0; n < 7; n++) clock.learn(0, 500, 250 + 90_000);
	expect(offsetOf()).toBe(60);
	clock.learn(0, 500, 250 + 90_000);
	expect(offsetOf()).toBe(90);
});
