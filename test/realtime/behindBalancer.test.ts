import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { Balancer } from '../../scripts/lib/Balancer.mjs';
import { freePortRow } from '../../scripts/lib/ports.mjs';
import { openCase } from '../cases/caseFixtures.ts';
import { newHub } from '../platform/newHub.ts';
import { ask, TestClient } from '../platform/TestClient.ts';

test('X-1 behind one address with two hubs: signing in, WebSockets and live views work, whichever hub takes them', async () => {
	const ports = await freePortRow(3, '127.0.0.1');
	const publicUrl = `http://127.0.0.1:${ports}`;
	const first = await newHub({ config: { publicUrl, port: ports + 1 } });
	await newHub({ sharing: first, config: { publicUrl, port: ports + 2 } });
	const balancer = new Balancer({ backends: [1, 2].map((n) => `http://127.0.0.1:${ports + n}`) });
	onTestFinished(() => balancer.close());
	await balancer.listen(ports, '127.0.0.1');
	const { name, password } = await first.addStaff({ role: 'clerk', city: '310117' });
	const clerk = new TestClient(publicUrl);
	await clerk.signIn(name, password);
	const { id } = await openCase(clerk);
	const heard: number[][] = [];
	for (let i = 0; i < 4; i++) {
		// No cookie of the balancer: in turn at one hub and the other.
		const socket = await clerk.socket({ pageId: randomUUID() });
		onTestFinished(() => void socket.close());
		const told: number[] = [];
		socket.on('timeline:events', ({ events }) => void told.push(...events.map(({ seq }) => seq)));
		await ask(socket, 'case:watch', { caseId: id, head: 1 });
		heard.push(told);
	}
	await clerk.post(`/cases/${id}/notes`, { commandId: randomUUID(), text: '两边都看得到' });
	for (const told of heard) await expect.poll(() => told).toEqual([2]);
});
