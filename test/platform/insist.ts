import { randomUUID } from 'node:crypto';
import { ProblemError, type TestClient, type TestSocket } from './TestClient.ts';

/** As a page does: the same command again, over a new socket, until its outcome is known. */
export async function insist<T>(
	client: TestClient,
	work: (socket: TestSocket) => Promise<T>,
	pageId: string = randomUUID(),
): Promise<T> {
	for (;;) {
		let socket: TestSocket | undefined;
		try {
			socket = await client.socket({ pageId });
			return await work(socket);
		} catch (error) {
			// Unknown outcomes, and what a hub or a database that begins cannot do yet.
			if (error instanceof ProblemError && !/^(?:SYS-900|REQ-1008)/.test(error.code)) throw error;
		} finally {
			socket?.close();
		}
	}
}
