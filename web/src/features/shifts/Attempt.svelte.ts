import { ApiProblem } from '#platform/ApiProblem.ts';
import { CommandId } from '#platform/CommandId.ts';

/** One thing that is tried from a dialog until it is done: the same content is the same command. */
export class Attempt {
	busy = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	readonly #command = new CommandId();

	/** Returns whether it was done. Nothing is tried twice at once. */
	async run(content: unknown, work: (commandId: string) => Promise<unknown>): Promise<boolean> {
		if (this.busy) return false;
		this.busy = true;
		this.problem = null;
		try {
			await work(this.#command.of(JSON.stringify(content)));
			return true;
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return false;
		} finally {
			this.busy = false;
		}
	}
}
