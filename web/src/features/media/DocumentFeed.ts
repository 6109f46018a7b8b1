import type { DocumentSource } from './deviceTypes.ts';
import { pictureFromFile, testPicture } from './documentPicture.ts';
import type { Opened } from './Hardware.ts';

/** The document camera, or a picture in its place. */
export type Feed = 'device' | 'test-picture' | File;

/** What feeds the document stream. A picture stands in for a camera that is missing, and is not remembered. */
export class DocumentFeed {
	readonly #openCamera: () => Promise<Opened>;
	#feed: Feed = 'device';

	constructor(openCamera: () => Promise<Opened>) {
		this.#openCamera = openCamera;
	}

	get source(): DocumentSource {
		return this.#feed instanceof File ? { type: 'file', name: this.#feed.name } : { type: this.#feed };
	}

	/** Returns the name of a file, and how to undo it. */
	choose(feed: Feed): { label: string; undo: () => void } {
		const before = this.#feed;
		this.#feed = feed;
		return { label: feed instanceof File ? feed.name : '', undo: () => (this.#feed = before) };
	}

	/** Throws DeviceError. */
	async open(): Promise<Opened> {
		if (this.#feed === 'device') return await this.#openCamera();
		const picture = this.#feed === 'test-picture' ? testPicture() : await pictureFromFile(this.#feed);
		return { ...picture, device: null };
	}
}
