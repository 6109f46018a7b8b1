import type { Layout } from '../codec/Picture.ts';

/** To the worker that watches the camera. */
export type ToWatcher =
	| { readonly type: 'watch'; readonly frames: ReadableStream<VideoFrame> }
	| { readonly type: 'stop' }
	/** Writes the picture that rests; `near`: how far a sample may lie off. Another one, or a movement, ends it. */
	| { readonly type: 'write'; readonly id: number; readonly near: number };

export interface RestingPicture {
	readonly width: number;
	readonly height: number;
	readonly layout: Layout;
}

/** What has happened under the camera. */
export interface WatchNews {
	/** It comes to rest, and what the picture is like; null: it moves. */
	readonly rest?: RestingPicture | null;
	/** It rests indeed. */
	readonly lies?: true;
	readonly anotherPaper?: boolean;
}

export type FromWatcher =
	| { readonly type: 'news'; readonly news: WatchNews }
	/** `bytes`: null after the last ones. */
	| { readonly type: 'written'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> | null }
	/** Once a second; in a page that is not seen, timers of its own would come far more seldom. */
	| { readonly type: 'tick' };
