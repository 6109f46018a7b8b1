import { setTimeout as pause } from 'node:timers/promises';
import type { CuttableLine } from '../../platform/CuttableLine.ts';
import type { Processes } from '../../platform/processes.ts';
import type { Random } from '../random.ts';

/** One thing that goes wrong, `afterMs` after the one before. It lasts, and is over when the next one comes. */
interface Fault {
	afterMs: number;
	what:
		'killed' | 'frozen' | 'cut off from the database' | 'cut off from the nodes' | 'cut off from other nodes';
	whom: 'mongod' | 'hub' | 'node';
	/** Which hub or node. */
	which: number;
	lastsMs: number;
}

const ANY = ['killed', 'frozen'] as const;
const CUTS = {
	hub: ['cut off from the database', 'cut off from the nodes'],
	node: ['cut off from other nodes'],
	mongod: [],
} as const;
/** Which line that cuts. */
const CUT = {
	'cut off from the database': 'toDatabase',
	'cut off from the nodes': 'toHub',
	'cut off from other nodes': 'toNode',
} as const;

/** Lines that can be cut, by the number of the hub or node at one of their ends. */
interface Lines {
	toDatabase: readonly CuttableLine[];
	toHub: readonly CuttableLine[];
	/** From other nodes to that node. */
	toNode: readonly CuttableLine[];
}

/** What goes wrong in one schedule, all of it given by the seed. */
export class Schedule {
	readonly faults: readonly Fault[];

	private constructor(faults: readonly Fault[]) {
		this.faults = faults;
	}

	static of(random: Random, { hubs, nodes }: { hubs: number; nodes: number }): Schedule {
		const faults = Array.from({ length: random.between(2, 4) }, (): Fault => {
			const whom = random.pick(['mongod', 'hub', 'hub', 'node'] as const);
			return {
				afterMs: random.between(50, 500),
				whom,
				which: random.between(0, (whom === 'node' ? nodes : hubs) - 1),
				what: random.pick([...ANY, ...CUTS[whom]]),
				lastsMs: random.between(20, 2_500),
			};
		});
		return new Schedule(faults);
	}

	async play(processes: Processes, lines: Lines): Promise<void> {
		for (const fault of this.faults) {
			await pause(fault.afterMs);
			await inflict(fault, processes, lines);
		}
	}

	toString(): string {
		return this.faults
			.map(({ afterMs, whom, which, what, lastsMs }) => {
				const name = whom === 'mongod' ? whom : `${whom} ${which + 1}`;
				return `+${afterMs} ms ${name} ${what} for ${lastsMs} ms`;
			})
			.join(', ');
	}
}

async function inflict(
	{ whom, which, what, lastsMs }: Fault,
	processes: Processes,
	lines: Lines,
): Promise<void> {
	if (what !== 'killed' && what !== 'frozen') {
		const line = lines[CUT[what]][which];
		line?.cut();
		await pause(lastsMs);
		line?.mend();
	} else if (whom === 'mongod') {
		const pid = processes.mongod?.pid ?? 0;
		if (what === 'killed') {
			await processes.restartMongod();
			return;
		}
		process.kill(pid, 'SIGSTOP');
		await pause(lastsMs);
		process.kill(pid, 'SIGCONT');
	} else {
		const server = whom === 'hub' ? processes.hubs[which] : processes.nodes[which];
		if (what === 'frozen') {
			await server?.freeze(lastsMs);
			return;
		}
		await server?.kill();
		await pause(lastsMs);
		await server?.start();
	}
}
