import { describe, expect, it } from 'vitest';
import { barClock, clockTime, duration, whenFull, whenShort } from '../../web/src/platform/format.ts';

/** 00:30 on 23 November in Shanghai: still the 22nd in UTC. */
const NOW = Date.parse('2026-11-22T16:30:00Z');

describe('times on the page are Shanghai times, whatever the PC is set to', () => {
	it('show the hour today, the day this year, the year before that', () => {
		expect(whenShort('2026-11-22T16:05:00Z', NOW)).toBe('00:05');
		expect(whenShort('2026-11-22T15:59:00Z', NOW)).toBe('11-22');
		expect(whenShort('2025-11-20T02:00:00Z', NOW)).toBe('2025-11-20');
		expect(whenFull('2026-11-20T01:42:00Z', NOW)).toBe('11-20 09:42');
	});
	it('name the weekday of Shanghai', () => {
		expect(barClock(NOW)).toBe('11-23 周一 00:30');
		expect(clockTime('2026-11-22T16:30:07Z')).toBe('00:30:07');
	});
	it('write lengths of time as 06:12 and 1:02:45', () => {
		expect(duration(372_000)).toBe('06:12');
		expect(duration(3_765_000)).toBe('1:02:45');
		expect(duration(-5)).toBe('00:00');
	});
});
