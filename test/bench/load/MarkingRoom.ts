import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Drawing, MarkSubject } from '@counter-hub/shared/annotations/marks.ts';
import { caseDetail } from '@counter-hub/shared/cases/cases.ts';
import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import { MEDIA_NAMESPACE } from '@counter-hub/shared/media/mediaProtocol.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { openShift } from '../../platform/openShift.ts';
import { ask, TestClient, type TestSocket } from '../../platform/TestClient.ts';
import type { SignIns } from '../support/CallPair.ts';

/** As often as a page says where its pen is, and how often one of its strokes is finished. */
const SAY_EVERY_MS = 24;
const STROKE_EVERY_MS = 1_500;
const TAIL = Array.from({ length: 34 }, (_, i) => i * 1_000);
const STROKE: Drawing = { tool: 'pen', points: Array.from({ length: 120 }, (_, i) => i * 500) };

interface Desk {
	readonly hub: TestSocket;
	readonly line: Socket;
}

/** A call without pictures in which both sides draw all the time, through hub and media node as pages do. */
export class MarkingRoom {
	/** Volatile messages that arrived at their other side. */
	heard = 0;
	readonly #desks: readonly Desk[];
	readonly #stroke: { caseId: string; sessionId: string; on: MarkSubject };
	readonly #room: string;
	#timers: NodeJS.Timeout[] = [];

	/** @param nth which of the demo's counters and posts; 松江's first clerk and 杭州's first approver are left out */
	static async open(url: string, people: SignIns, nth: number): Promise<MarkingRoom> {
		const cities = CITIES.filter(({ zh }) => zh !== '松江' && zh !== '杭州');
		const [from, to] = [cities[nth % cities.length], cities[(nth + 1) % cities.length]];
		const post = Math.floor(nth / cities.length);
		if (!from || !to) throw new Error('there is no such counter');
		const clerk = await signIn(url, people, 'clerk', from.zh, post);
		const approver = await signIn(url, people, 'approver', to.zh, post);
		const caseId = await openCase(clerk, to.code);
		const [hub, other] = [await desk(clerk), await desk(approver)];
		const called = { commandId: randomUUID(), caseId, purpose: 'review' as const, note: '', callsBack: null };
		const asked = await ask(hub, 'session:request', called);
		const sessionId = asked.session.id;
		const answered = await ask(other, 'session:answer', { commandId: randomUUID(), sessionId });
		const on: MarkSubject = {
			kind: 'live',
			participantId: asked.admission.participantId,
			source: 'document',
			paper: 0,
			materialNo: null,
		};
		const { admission } = await ask(hub, 'session:admit', { sessionId, takeOver: false });
		const desks = [
			{ hub, line: await enter(admission) },
			{ hub: other, line: await enter(answered.admission) },
		];
		return new MarkingRoom(admission.roomId, desks, { caseId, sessionId, on });
	}

	private constructor(
		room: string,
		desks: readonly Desk[],
		stroke: { caseId: string; sessionId: string; on: MarkSubject },
	) {
		this.#room = room;
		this.#desks = desks;
		this.#stroke = stroke;
		for (const { line } of desks) line.on('said', () => (this.heard += 1));
	}

	start(): void {
		for (const { hub, line } of this.#desks) {
			let id = newId();
			let from = 0;
			const say = () => {
				const data = { id, on: `live:${this.#room}:document:0`, tool: 'pen', from: from++, points: TAIL };
				line.volatile.emit('say', { roomId: this.#room, topic: 'ink', data });
			};
			const finish = () => {
				[id, from] = [newId(), 0];
				// The next one is begun on a new paper, so that no list is ever full.
				const on = { ...this.#stroke.on, paper: (this.#papers += 1) } as MarkSubject;
				ask(hub, 'mark:draw', { ...this.#stroke, on, commandId: id, drawing: STROKE }).catch(() => undefined);
			};
			this.#timers.push(setInterval(say, SAY_EVERY_MS), setInterval(finish, STROKE_EVERY_MS));
		}
	}
	#papers = 0;

	close(): void {
		for (const timer of this.#timers) clearInterval(timer);
		for (const { hub, line } of this.#desks) {
			hub.close();
			line.close();
		}
	}
}

async function signIn(url: string, people: SignIns, role: string, city: string, post: number) {
	const person = people.filter((one) => one.role === role && one.city === city)[post];
	if (!person) throw new Error(`the demo has no ${role} ${post} in ${city}`);
	const client = new TestClient(url);
	await client.signIn(person.name, person.password);
	return client;
}

async function openCase(clerk: TestClient, permit: CityCode): Promise<string> {
	const opened = await clerk.post('/cases', {
		commandId: randomUUID(),
		enterprise: { name: '上海云栈信息技术有限公司', uscc: '91310117MA0000007E' },
		person: { name: '张三', citizenId: '11010519491231002X', phone: '13800138000' },
		itemNo: 1,
		permitCounterId: seededCounterId(permit),
	});
	return caseDetail.parse(opened).id;
}

async function desk(client: TestClient): Promise<TestSocket> {
	const socket = await client.socket();
	await ask(socket, 'presence:renew', { windowId: null });
	await openShift(client);
	return socket;
}

/** Comes into the room with a line of its own, without media. */
async function enter({ signalUrl, token }: MediaAdmission): Promise<Socket> {
	const line = io(signalUrl + MEDIA_NAMESPACE, {
		transports: ['websocket'],
		forceNew: true,
		auth: { token, pageId: randomUUID() },
	});
	await new Promise<void>((resolve, reject) => {
		line.once('welcome', () => resolve());
		line.once('connect_error', reject);
	});
	return line;
}
