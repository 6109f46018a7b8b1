/** Of events in any order, with repeats: those that follow `head` without a gap, in order. */
export function followOn<E extends { seq: number }>(head: number, events: readonly E[]): E[] {
	const fresh: E[] = [];
	for (const event of events.toSorted((a, b) => a.seq - b.seq)) {
		if (event.seq === head + fresh.length + 1) fresh.push(event);
	}
	return fresh;
}
