import { randomUUID } from 'node:crypto';
import { caseDetail } from '@counter-hub/shared/cases/cases.ts';
import type { HubRequestName, HubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import type { z } from 'zod';
import { HANGZHOU } from '../sessions/newCounters.ts';
import { sha256, upload } from '../blobs/uploading.ts';
import { newPng } from '../stills/pictures.ts';
import { ask, ProblemError, type TestClient, type TestSocket } from '../platform/TestClient.ts';
import { randomPause, type Random } from './random.ts';

/** A command that was answered: carried out, or refused with a code. */
export interface Outcome {
	/** Who sent it; the commands of one writer were answered in the order of this list. */
	writer: string;
	command: string;
	commandId: string;
	/** The case, where it is known. */
	caseId: string | undefined;
	refused: string | undefined;
	/** The text of a note. */
	text?: string;
}

/** Answers that mean “not now”: the same command is sent again. */
const PASSING = new Set(['REQ-1005', 'REQ-1008', 'CALL-5008', 'SYS-9001', 'SYS-9002', 'SYS-9003']);

/** A hub that is killed or frozen is back before the last of them. */
const UPLOAD_RETRIES: number[] = new Array<number>(60).fill(500);

type Commands = {
	[N in HubRequestName]: HubRequests[N] extends { payload: z.ZodType<{ commandId: string }> } ? N : never;
}[HubRequestName];

/** Somebody at work who sends the same command again until it is answered, as the page does. */
export class Writer {
	readonly staffId: string;
	readonly name: string;
	readonly client: TestClient;
	readonly random: Random;
	/** The cases that all writers work on. */
	readonly cases: string[];
	readonly outcomes: Outcome[];
	/** What it waits for, and why that was last tried in vain: told when a test stands still. */
	doing = 'nothing';
	lastError = '';
	#socket: TestSocket | undefined;
	#notes = 0;

	constructor(parts: {
		staffId: string;
		name: string;
		client: TestClient;
		random: Random;
		cases: string[];
		outcomes: Outcome[];
	}) {
		this.staffId = parts.staffId;
		this.name = parts.name;
		this.client = parts.client;
		this.random = parts.random;
		this.cases = parts.cases;
		this.outcomes = parts.outcomes;
	}

	async openCase(): Promise<void> {
		const commandId = randomUUID();
		const body = {
			commandId,
			enterprise: { name: '杭州澄砚精密仪器有限公司', uscc: '91330100MA0000023P' },
			person: { name: '何清', citizenId: '310117190001010012', phone: '13800000000' },
			itemNo: this.random.between(1, 30),
			permitCounterId: seededCounterId(HANGZHOU),
		};
		const answer = await this.insist('openCase', () => this.client.post('/cases', body));
		const opened = caseDetail.safeParse(answer.data);
		this.#note({ command: 'openCase', commandId, caseId: opened.data?.id, refused: answer.refused });
		if (opened.success) this.cases.push(opened.data.id);
	}

	async noteOn(caseId: string): Promise<void> {
		const commandId = randomUUID();
		const text = `${this.name} ${String(++this.#notes)}`;
		const { refused } = await this.insist('note', () =>
			this.client.post(`/cases/${caseId}/notes`, { commandId, text }),
		);
		this.#note({ command: 'note', commandId, caseId, refused, text });
	}

	/** Uploads a picture like no other and makes it a still of the first material. */
	async takeStill(caseId: string, sessionId: string): Promise<void> {
		const picture = newPng(32, 24);
		// As the page does: what was cut goes on where it was.
		await this.insist('upload', () => upload(this.client, picture, { retries: UPLOAD_RETRIES }));
		await this.command('still:store', caseId, {
			caseId,
			sessionId,
			materialNo: 1,
			sha256: sha256(picture),
			thumbnailSha256: null,
			width: 32,
			height: 24,
			askedBy: this.staffId,
		});
	}

	/** Sends a command over the socket; returns the answer's data, or undefined where it was refused. */
	async command<N extends Commands>(
		event: N,
		caseId: string,
		payload: Omit<z.input<HubRequests[N]['payload']>, 'commandId'>,
	): Promise<z.output<HubRequests[N]['data']> | undefined> {
		const commandId = randomUUID();
		const whole = { ...payload, commandId } as z.input<HubRequests[N]['payload']>;
		const { data, refused } = await this.insist(event, async () => ask(await this.socket(), event, whole));
		this.#note({ command: event, commandId, caseId, refused });
		return data;
	}

	async mine() {
		const { data } = await this.insist('session:mine', async () =>
			ask(await this.socket(), 'session:mine', {}),
		);
		return data ?? { ringing: [], active: null, activeElsewhere: false };
	}

	/** The page's socket; a new one where the last was cut. */
	async socket(): Promise<TestSocket> {
		if (!this.#socket?.connected) this.#socket = await this.client.socket();
		return this.#socket;
	}

	close(): void {
		this.#socket?.close();
	}

	/** Tries until there is an answer. */
	async insist<T>(
		what: string,
		attempt: () => Promise<T>,
	): Promise<{ data?: T; refused: string | undefined }> {
		this.doing = what;
		for (;;) {
			try {
				const data = await attempt();
				this.doing = 'nothing';
				return { data, refused: undefined };
			} catch (error) {
				if (error instanceof ProblemError && !PASSING.has(error.code)) return { refused: error.code };
				this.lastError = String(error);
				await randomPause(this.random, 20, 120);
			}
		}
	}

	#note(outcome: Omit<Outcome, 'writer'>): void {
		this.outcomes.push({ writer: this.name, ...outcome });
	}
}
