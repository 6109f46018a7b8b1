import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';

/** A typical notice: one event of a case's timeline. */
export function broadcastPayload(caseId: string): { caseId: string; events: object[] } {
	return { caseId, events: [{ ...EVENT, subject: `case:${caseId}`, seq: ++seq }] };
}

let seq = 0;
const EVENT = {
	at: '2026-11-23T01:30:00.000Z',
	type: 'session.requested',
	actor: {
		kind: 'staff',
		staffId: '01234567-89ab-4def-8123-456789abcdef',
		cityCode: '310117',
		counterId: '01234567-89ab-4def-8123-456789abcde0',
		windowId: '01234567-89ab-4def-8123-456789abcde1',
		role: 'clerk',
		duty: 'receiving',
	},
	commandId: '01234567-89ab-4def-8123-456789abcde2',
	sessionId: '01234567-89ab-4def-8123-456789abcde3',
	version: 1,
	data: { purpose: 'guidance', note: '请协助核对股权转让协议第三条' },
	prevHash: '0'.repeat(64),
	hash: 'f'.repeat(64),
};

/**
 * For each line `burst <n> <case id>` on stdin: prepares once and then broadcasts n times, one per turn of the event
 * loop.
 */
export function onBurst(prepare: (caseId: string) => Promise<() => Promise<void> | void>): void {
	createInterface({ input: process.stdin }).on('line', (line) => {
		const [word, count, caseId = ''] = line.split(' ');
		if (word === 'burst') void burst(Number(count), prepare(caseId));
	});
}

async function burst(count: number, prepared: Promise<() => Promise<void> | void>): Promise<void> {
	const broadcast = await prepared;
	for (let sent = 0; sent < count; sent++) {
		await broadcast();
		await setImmediate();
	}
}
