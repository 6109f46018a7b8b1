import type { CaseDetail } from '@counter-hub/shared/cases/cases.ts';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { m } from '#paraglide/messages.js';
import { FormDesk } from './FormDesk.svelte.ts';
import { FormLine } from './FormLine.svelte.ts';

/** The case's forms in a call: opened when somebody looks, and kept while other panels are shown. */
export class CallForms {
	readonly line: FormLine;
	desk = $state.raw<FormDesk | null>(null);
	/** The other side did something while the form was not shown here. */
	fresh = $state(false);
	/** The panel is shown. */
	shown = $state(false);
	readonly #scene: CallScene;
	#stop: (() => void) | undefined;

	constructor(scene: CallScene) {
		this.#scene = scene;
		this.line = new FormLine(
			() => scene.media.client,
			() => this.#pointed(),
		);
	}

	/** Listens for news of the form; returns how to stop. */
	follow(): () => void {
		const { app, caseId, feed } = this.#scene;
		const stops = [
			feed.onEvents((events) => {
				const own = app.signIn.me?.staff.id;
				const foreign = events.some(
					({ type, actor }) =>
						(type === 'form.commented' || type === 'form.commentSolved') &&
						(actor.kind !== 'staff' || actor.staffId !== own),
				);
				if (foreign) this.#news();
			}),
			app.hub.on('form:changed', (change) => {
				// Who writes the form needs no word that it was written.
				if (change.caseId === caseId && this.#scene.duty === 'permit') this.#news();
			}),
		];
		return () => {
			for (const stop of stops) stop();
			this.#stop?.();
		};
	}

	/** The panel is looked at; returns that it is not any more. */
	look(detail: CaseDetail): () => void {
		if (!this.desk) this.#open(detail);
		this.shown = true;
		this.fresh = false;
		return () => (this.shown = false);
	}

	/** Apart from the panel's effect: what is derived within that stands still once the panel is left. */
	#open(detail: CaseDetail): void {
		const { app, feed } = this.#scene;
		this.#stop = $effect.root(() => {
			const desk = new FormDesk(app, detail, feed, this.line);
			this.desk = desk;
			return desk.follow();
		});
	}

	#news(): void {
		if (!this.shown) this.fresh = true;
	}

	#pointed(): void {
		if (this.shown) return;
		this.fresh = true;
		this.#scene.app.announcer.say(m.forms_pointed_elsewhere({ name: this.#scene.other?.displayName ?? '' }));
	}
}
