import { createContext, onMount } from 'svelte';
import type { App } from '#platform/App.svelte.ts';
import { FileUpload } from './FileUpload.svelte.ts';

/** Files that are sent at the same time; the others wait. */
const AT_ONCE = 2;

/** The files on their way from this page, whatever part of it is shown meanwhile. */
class Uploads {
	#list = $state.raw<readonly FileUpload[]>([]);
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
	}

	/** Something would be lost if the page went now. */
	get isBusy(): boolean {
		return this.#list.some((one) => one.isWorking || one.phase === 'waiting');
	}

	/** In the order in which they were chosen. */
	of(caseId: string): readonly FileUpload[] {
		return this.#list.filter((one) => one.caseId === caseId);
	}

	add(caseId: string, files: Iterable<File>, materialNo: number | null): void {
		const fresh = Array.from(files, (file) => new FileUpload(this.#app, caseId, file, materialNo));
		this.#list = [...this.#list, ...fresh];
		this.advance();
	}

	/** Begins with those whose turn it is, and lets go of those that are done. */
	advance(): void {
		this.#list = this.#list.filter(({ phase }) => phase !== 'shared' && phase !== 'cancelled');
		const free = AT_ONCE - this.#list.filter(({ isWorking }) => isWorking).length;
		const next = this.#list.filter(({ phase }) => phase === 'waiting').slice(0, Math.max(0, free));
		for (const upload of next) void upload.run().finally(() => this.advance());
	}

	/** Goes on by itself once the hub is back. */
	follow(): () => void {
		const stop = this.#app.hub.onConnect(() => {
			for (const one of this.#list) if (one.problem?.is('NET-8001') === true) one.retry();
			this.advance();
		});
		return () => {
			stop();
			for (const one of this.#list) one.cancel();
		};
	}
}

const [getUploads, setUploads] = createContext<Uploads>();
export { getUploads };

export function setUpUploads(app: App): void {
	const uploads = setUploads(new Uploads(app));
	onMount(() => {
		const stops = [uploads.follow(), app.version.hold(() => uploads.isBusy)];
		return () => {
			for (const stop of stops) stop();
		};
	});
}
