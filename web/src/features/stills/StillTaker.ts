import type { Still } from '@counter-hub/shared/stills/stills.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import { uploadBlob } from '#platform/blobs/uploadBlob.ts';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import type { CaseStills } from './CaseStills.svelte.ts';
import { PictureWriter } from './PictureWriter.ts';
import { NO_PICTURE, type StillProgress } from './stillLine.ts';
import { takePicture } from './takePicture.ts';
import type { WrittenPicture } from './worker/messages.ts';

export interface WantedStill extends Pick<Still, 'stillId' | 'materialNo' | 'askedBy'> {
	readonly sessionId: string;
}

/** Takes stills of this side's document camera and brings them to the hub; one order is carried out once. */
export class StillTaker {
	readonly #scene: CallScene;
	readonly #stills: CaseStills;
	readonly #tell: (progress: StillProgress) => void;
	/** Taken already: what was lost on the way is sent again, and not taken again. */
	readonly #taken = new Map<string, WrittenPicture>();
	readonly #writer = new PictureWriter();
	readonly #underway = new Set<string>();

	constructor(scene: CallScene, stills: CaseStills, tell: (progress: StillProgress) => void) {
		this.#scene = scene;
		this.#stills = stills;
		this.#tell = tell;
	}

	/** Once the call is over: what has been begun is carried out. */
	finish(): void {
		this.#writer.finish();
	}

	/** Never throws: how it ends is told. */
	async take(wanted: WantedStill): Promise<void> {
		const { stillId } = wanted;
		if (this.#underway.has(stillId)) return;
		this.#underway.add(stillId);
		try {
			if (!this.#stills.find(stillId)) await this.#carryOut(wanted);
		} catch (error) {
			const { code } = error instanceof ApiProblem ? error : { code: NO_PICTURE };
			this.#tell({ stillId, step: 'failed', share: 0, code });
		} finally {
			this.#underway.delete(stillId);
		}
	}

	async #carryOut({ stillId, sessionId, materialNo, askedBy }: WantedStill): Promise<void> {
		const { app, caseId } = this.#scene;
		const begun = performance.now();
		this.#tell({ stillId, step: 'taking', share: 0, code: '' });
		const taken = this.#taken.get(stillId) ?? (await this.#picture(stillId));
		const { blob, sha256, width, height, thumbnail } = taken;
		measure('taking', begun);
		const sent = performance.now();
		this.#tell({ stillId, step: 'sending', share: 0, code: '' });
		await Promise.all([
			thumbnail && uploadBlob(app, thumbnail.blob, thumbnail.sha256),
			uploadBlob(app, blob, sha256, {
				onProgress: (share) => this.#tell({ stillId, step: 'sending', share, code: '' }),
			}),
		]);
		measure('sending', sent);
		const stored = performance.now();
		this.#tell({ stillId, step: 'storing', share: 1, code: '' });
		this.#stills.keep(sha256, blob);
		if (thumbnail) this.#stills.keep(thumbnail.sha256, thumbnail.blob);
		const thumbnailSha256 = thumbnail?.sha256 ?? null;
		await app.hub.request('still:store', {
			commandId: stillId,
			caseId,
			sessionId,
			materialNo,
			sha256,
			thumbnailSha256,
			width,
			height,
			askedBy,
		});
		measure('storing', stored);
		this.#taken.delete(stillId);
	}

	async #picture(stillId: string): Promise<WrittenPicture> {
		const { document: track } = this.#scene.media.own;
		// Covered papers are nobody's business, whoever asks.
		if (!track || this.#scene.media.muted.document) throw new Error('no picture of a paper');
		const taken = await takePicture(track, this.#writer);
		this.#taken.set(stillId, taken);
		return taken;
	}
}

/** For whoever looks for what makes a still slow: the browser's record of performance has each step. */
function measure(step: StillProgress['step'], start: number): void {
	performance.measure(`still:${step}`, { start });
}
