import { createContext } from 'svelte';
import type { App } from '#platform/App.svelte.ts';
import { WeekDesk } from './WeekDesk.svelte.ts';

/** The weeks that somebody plans; one with steps that are not saved stays, whatever page is shown meanwhile. */
export class RotaDesks {
	#desks: readonly WeekDesk[] = [];
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
	}

	of(counterId: string, monday: string): WeekDesk {
		const isIt = (desk: WeekDesk) => desk.counterId === counterId && desk.monday === monday;
		const desk = this.#desks.find(isIt) ?? new WeekDesk(this.#app, counterId, monday);
		this.#desks = [...this.#desks.filter((one) => one !== desk && one.unsaved > 0), desk];
		return desk;
	}

	/** Nothing is lost without a question: the browser asks before the page goes, and the page does not go by itself. */
	hold(): () => void {
		const isUnsaved = () => this.#desks.some(({ unsaved }) => unsaved > 0);
		const warn = (event: BeforeUnloadEvent) => {
			if (isUnsaved()) event.preventDefault();
		};
		addEventListener('beforeunload', warn);
		const letGo = this.#app.version.hold(isUnsaved);
		return () => {
			removeEventListener('beforeunload', warn);
			letGo();
		};
	}
}

export const [getRotaDesks, setRotaDesks] = createContext<RotaDesks>();
