import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { applyReadingEvent, type Readings } from '@counter-hub/shared/reading/applyReadingEvent.ts';
import { factsOf } from '@counter-hub/shared/reading/compare.ts';
import type { DecidedReading, ReadingVerdict } from '@counter-hub/shared/reading/decisions.ts';
import type { Finding, PicturePlace } from '@counter-hub/shared/reading/findings.ts';
import { recorded } from '@counter-hub/shared/reading/recorded.ts';
import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import type { Point } from '#features/sessions/stageView.ts';
import { FoldedState } from '#features/timeline/FoldedState.svelte.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import { CommandId } from '#platform/CommandId.ts';
import { errorLine } from '#platform/errorText.ts';
import { autoRead } from './autoRead.ts';
import { PaperReader, ReadingFailed } from './PaperReader.ts';
import { readingApi } from './readingApi.ts';
import { readingReasons } from './readingReasons.ts';
import { recordedRows, rowsOf, type ReadingRow } from './ReadingRow.ts';

/** How far a still is read; nothing where nobody has begun. */
export type StillReading =
	| { readonly state: 'reading'; readonly share: number }
	| { readonly state: 'done'; readonly findings: readonly Finding[]; readonly misread: ReadonlySet<number> }
	| { readonly state: 'failed'; readonly failure: ReadingFailed['failure'] };

/** Reads the still on the stage of a call and holds it against the case; what it means a person decides (V13). */
export class ReadingDesk {
	/** Place of this finding is shown on the stage. */
	pointed = $state<number | null>(null);
	saving = $state.raw<ReadingVerdict | null>(null);
	readonly #scene: CallScene;
	readonly #reader = new PaperReader();
	readonly #readings = new SvelteMap<string, StillReading>();
	/** Notes that are typed and not on the case, by still: they outlast the panel, and a look at another still. */
	readonly #typed = new SvelteMap<string, string>();
	readonly #decided: FoldedState<Readings>;
	readonly #command = new CommandId();
	#isAuto = $state(autoRead.get());
	#stop: AbortController | undefined;

	constructor(scene: CallScene) {
		this.#scene = scene;
		this.#decided = new FoldedState<Readings>({
			feed: scene.feed,
			read: () => readingApi.list(scene.app.api, scene.caseId),
			apply: applyReadingEvent,
		});
	}

	/** The still on the stage, and its picture once that is there. */
	readonly still = $derived.by((): { stillId: string; src: string | null } | null => {
		const { exhibit } = this.#scene.stage;
		return exhibit?.subject.kind === 'still' ? { stillId: exhibit.subject.stillId, src: exhibit.src } : null;
	});
	readonly stillId = $derived(this.still?.stillId ?? null);
	readonly src = $derived(this.still?.src ?? null);
	readonly reading = $derived(this.stillId === null ? undefined : this.#readings.get(this.stillId));
	readonly decision = $derived.by((): DecidedReading | undefined =>
		this.#decided.state?.find(({ stillId }) => stillId === this.stillId),
	);
	readonly #today = $derived.by(() => shanghaiDate(this.#scene.app.clock.now));
	readonly #facts = $derived.by(() => {
		const { detail } = this.#scene;
		return detail ? factsOf(detail, this.#today) : null;
	});
	/** Null: nothing else than what the decision says. */
	readonly typed = $derived(this.stillId === null ? null : (this.#typed.get(this.stillId) ?? null));
	/** What was read here, else what was decided on. */
	readonly rows = $derived.by((): readonly ReadingRow[] => {
		if (!this.#facts) return [];
		if (this.reading?.state === 'done')
			return rowsOf(this.reading.findings, this.#facts, this.reading.misread);
		return this.decision ? recordedRows(this.decision.findings, this.#facts) : [];
	});

	/** The last decisions on the stills of the case; null until they are there. */
	get decided(): Readings | null {
		return this.#decided.state;
	}
	/** A still is read as soon as this person opens it; only the permit side does without being asked. */
	get isAuto(): boolean {
		return this.#isAuto;
	}
	set isAuto(on: boolean) {
		this.#isAuto = on;
		autoRead.set(on);
	}

	/** What somebody found to differ on stills of a material, in words that may stand as a reason for 需补正. */
	reasonsFor(materialNo: number): string[] {
		const facts = this.#facts;
		return facts ? readingReasons(this.decided ?? [], materialNo, facts) : [];
	}

	/** Returns how to stop; the worker goes, too. */
	follow(): () => void {
		const stop = this.#decided.follow();
		return () => {
			stop();
			this.#reader.close();
		};
	}

	/** The still on the stage is there; returns what to do when it is left. */
	shown(): () => void {
		this.pointed = null;
		const isNew = !this.reading && !this.decision;
		if (isNew && this.isAuto && this.#scene.duty === 'permit') void this.read();
		return () => this.stop();
	}

	async read(): Promise<void> {
		const { still } = this;
		const { detail, stage } = this.#scene;
		if (!still?.src || !detail) return;
		this.stop();
		const stop = new AbortController();
		this.#stop = stop;
		const { stillId, src } = still;
		this.#readings.set(stillId, { state: 'reading', share: 0 });
		try {
			const findings = await this.#reader.read({
				src,
				turns: stage.zoom.view.turns,
				gentle: true,
				name: detail.enterpriseName,
				today: this.#today,
				signal: stop.signal,
				onProgress: (share) => this.#readings.set(stillId, { state: 'reading', share }),
			});
			this.#readings.set(stillId, { state: 'done', findings, misread: new Set() });
		} catch (error) {
			if (stop.signal.aborted) this.#readings.delete(stillId);
			else {
				const failure = error instanceof ReadingFailed ? error.failure : 'reading';
				this.#readings.set(stillId, { state: 'failed', failure });
			}
		}
	}

	/** Gives up what is being read. */
	stop(): void {
		this.#stop?.abort();
		this.#stop = undefined;
	}

	/** A person says that a finding is not what stands there, or takes that back. */
	strike(index: number): void {
		const { reading, stillId } = this;
		if (reading?.state !== 'done' || stillId === null) return;
		const misread = new Set(reading.misread);
		if (!misread.delete(index)) misread.add(index);
		this.#readings.set(stillId, { ...reading, misread });
	}

	type(note: string): void {
		if (this.stillId === null) return;
		if (note === (this.decision?.note ?? '')) this.#typed.delete(this.stillId);
		else this.#typed.set(this.stillId, note);
	}

	/** Brings a place of the picture before the eye, one pixel of it to one of the screen at least. */
	lookAt({ x, y, width, height }: PicturePlace): void {
		const { zoom } = this.#scene.stage;
		if (zoom.percent < 100) zoom.actual();
		zoom.lookAt(turnedPoint({ x: x + width / 2, y: y + height / 2 }, zoom.view.turns));
	}

	/** Puts on the timeline what this person makes of it; where the hub refuses it, why is said. */
	async decide(decision: ReadingVerdict, note: string): Promise<void> {
		const findings = this.#recorded();
		const { stillId } = this;
		if (stillId === null || findings.length === 0 || this.saving) return;
		const { app, caseId, sessionId } = this.#scene;
		const body = { sessionId, findings, decision, note };
		this.saving = decision;
		try {
			const commandId = this.#command.of(JSON.stringify([stillId, body]));
			await readingApi.decide(app.api, caseId, stillId, { commandId, ...body });
			this.#command.settle();
			// What was typed since is not on the case.
			if (this.#typed.get(stillId)?.trim() === note) this.#typed.delete(stillId);
		} catch (error) {
			app.announcer.say(errorLine(ApiProblem.from(error)), 'bad');
		} finally {
			this.saving = null;
		}
	}

	#recorded() {
		const { reading, decision } = this;
		const facts = this.#facts;
		if (reading?.state === 'done' && facts) {
			const { findings, misread } = reading;
			return findings.map((one, index) => recorded(one, facts, misread.has(index)));
		}
		return [...(decision?.findings ?? [])];
	}
}

/** A point of the unturned picture as one of the picture turned clockwise by quarters. */
function turnedPoint({ x, y }: Point, turns: number): Point {
	return (
		[
			{ x, y },
			{ x: 1 - y, y: x },
			{ x: 1 - x, y: 1 - y },
			{ x: y, y: 1 - x },
		][turns] ?? { x, y }
	);
}

export const [getReadingDesk, setReadingDesk] = createContext<ReadingDesk>();
