import { setTimeout as sleep } from 'node:timers/promises';
import { startMongod } from './mongod.mjs';

const steadyMs = 5_000;
const longestPauseMs = 5_000;

/** The installation's own mongod, started again on its port and data when it dies. */
export class Database {
	#options;
	#mongod;
	#starting;
	#stopping = false;
	#pause = 0;
	#held = new Set();

	/**
	 * @param {{ binary: string, folder: string, node: string }} options
	 * @param {(text: string) => void} say told of each death and return
	 */
	constructor(options, say) {
		this.#options = options;
		this.say = say;
	}

	/** @returns {Promise<string>} connection string with credentials */
	async start() {
		this.#starting = startMongod(this.#options);
		const mongod = await this.#starting;
		this.#mongod = mongod;
		for (const pid of this.#held) mongod.leash.stdin?.write(`hold ${pid}\n`);
		const startedAt = Date.now();
		void mongod.exited.then((code) => {
			if (!this.#stopping) void this.#restart(code, Date.now() - startedAt);
		});
		return mongod.url;
	}

	/** mongod stops only after this process, even when the starter was killed. @param {number} pid */
	hold(pid) {
		this.#held.add(pid);
		this.#mongod?.leash.stdin?.write(`hold ${pid}\n`);
	}

	/** @param {number} pid */
	drop(pid) {
		this.#held.delete(pid);
		this.#mongod?.leash.stdin?.write(`drop ${pid}\n`);
	}

	async stop() {
		this.#stopping = true;
		await this.#starting?.catch(() => undefined);
		for (const pid of this.#held) this.drop(pid);
		await this.#mongod?.stop();
	}

	/** @param {number} code @param {number} livedMs */
	async #restart(code, livedMs) {
		this.say(`MongoDB ended with status ${code}; starting it again.`);
		this.#pause = livedMs >= steadyMs ? 0 : Math.min(longestPauseMs, this.#pause * 2 || 250);
		while (!this.#stopping) {
			await sleep(this.#pause);
			if (this.#stopping) return;
			try {
				await this.start();
				return this.say('MongoDB is back.');
			} catch (error) {
				this.say(`MongoDB does not start: ${error instanceof Error ? error.message : error}`);
				this.#pause = Math.min(longestPauseMs, this.#pause * 2 || 250);
			}
		}
	}
}
