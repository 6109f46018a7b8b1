import type { FrameBytes, FrameInfo } from '@counter-hub/shared/media/frames.ts';

/** To the worker that reads frames. */
export type ToReader =
	| { readonly type: 'begin'; readonly frame: FrameInfo }
	| { readonly type: 'part'; readonly frameId: string; readonly data: FrameBytes; readonly last: boolean };

/** The one answer for each frame that began: it was read, with how near it is; null: it is none, or did not come whole. */
export interface FromReader {
	readonly frameId: string;
	readonly picture: { readonly bitmap: ImageBitmap; readonly near: number } | null;
}
