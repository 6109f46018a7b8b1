import { randomUUID } from 'node:crypto';
import { ProblemError, type TestClient } from './TestClient.ts';

/** Opens the shift of a signed-in clerk or approver at the counter's first window: only then is it rung. */
export async function openShift(client: TestClient): Promise<void> {
	const { counter } = await client.me();
	const windowId = counter?.windows[0]?.id;
	if (windowId === undefined) throw new Error('the person serves at no window');
	try {
		await client.post('/shifts', { commandId: randomUUID(), windowId, reason: '开班检查由测试另行进行' });
	} catch (error) {
		// A second page of the same person.
		if (!(error instanceof ProblemError && error.code === 'SHIFT-5702')) throw error;
	}
}
