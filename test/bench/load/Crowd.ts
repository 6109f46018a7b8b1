import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** What the crowd's process is told, and its answer to each. */
export interface CrowdRequests {
	/** Connects one socket per handshake; answered when all are in. */
	connect: { url: string; namespace: string; handshakes: object[]; firstMessages: string[] };
	/** Answered when every socket has received `messages` more of the given event than at the last `expect`. */
	expect: { event: string; messages: number };
	/** Answered when every socket that was there has come back. */
	comeBack: object;
	close: object;
}
export interface CrowdAnswer {
	/** When it was so, ms since 1970. */
	at: number;
	error?: string;
}

/** Many signed-in pages in a process of their own, so that only what the server does counts. */
export class Crowd {
	private readonly child: ChildProcess;

	constructor() {
		this.child = fork(resolve(import.meta.dirname, 'crowdProcess.ts'), { serialization: 'advanced' });
		process.on('exit', () => this.child.kill('SIGKILL'));
	}

	/** Answers come in the order of the requests. */
	async ask<K extends keyof CrowdRequests>(request: K, details: CrowdRequests[K]): Promise<CrowdAnswer> {
		const answered = once(this.child, 'message');
		this.child.send({ request, ...details });
		const [answer] = (await answered) as [CrowdAnswer];
		if (answer.error !== undefined) throw new Error(`crowd: ${answer.error}`);
		return answer;
	}

	close(): void {
		this.child.kill('SIGKILL');
	}
}
