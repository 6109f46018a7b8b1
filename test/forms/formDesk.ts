import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { openCase } from '../cases/caseFixtures.ts';
import { newHub, type NewHubOptions, type TestHub } from '../platform/newHub.ts';
import { ask, type TestClient, type TestSocket } from '../platform/TestClient.ts';
import { CHANGE } from './formFixtures.ts';

export async function socketOf(client: TestClient) {
	const socket = await client.socket({ pageId: randomUUID() });
	onTestFinished(() => {
		socket.close();
	});
	return socket;
}
export async function atForm(hub: TestHub, more: object = {}) {
	const clerk = await hub.signIn('clerk', '310117', { displayName: '陈静' });
	const approver = await hub.signIn('approver', '330100', { displayName: '许文' });
	const { id: caseId } = await openCase(clerk, more);
	const [socket, other] = [await socketOf(clerk), await socketOf(approver)];
	return { hub, clerk, approver, caseId, socket, other, form: { socket, caseId } };
}
/** A clerk and an approver at a case of item 5. */
export const newForm = async (options: NewHubOptions = {}) => atForm(await newHub(options));
export type Form = Awaited<ReturnType<typeof newForm>>;

export const comment = ({ other, caseId }: Form, more: object = {}) =>
	ask(other, 'form:comment', {
		commandId: randomUUID(),
		caseId,
		formId: CHANGE,
		path: 'domicile',
		text: '请写到房间号',
		...more,
	});
export const solve = ({ caseId }: Form, socket: TestSocket, commentId: string, commandId = randomUUID()) =>
	ask(socket, 'form:solveComment', { commandId, caseId, formId: CHANGE, commentId });
export const complete = ({ socket, caseId }: Form, revision: number, commandId = randomUUID()) =>
	ask(socket, 'form:complete', { commandId, caseId, formId: CHANGE, revision });
