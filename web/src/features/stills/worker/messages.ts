/** A picture as it comes from the camera: its own file, or one frame of the stream, which is to be written as one. */
export type PictureSource = Blob | VideoFrame | ImageBitmap;

export interface PictureOrder {
	readonly id: number;
	readonly source: PictureSource;
}

/** Bytes and their name. */
export interface NamedBytes {
	readonly blob: Blob;
	/** SHA-256, hex. */
	readonly sha256: string;
}

/** A picture that can be sent. */
export interface WrittenPicture extends NamedBytes {
	readonly width: number;
	readonly height: number;
	/** Small, for lists: too small to be read. Null where the browser could make none. */
	readonly thumbnail: NamedBytes | null;
}

export type PictureAnswer =
	{ readonly id: number; readonly written: WrittenPicture } | { readonly id: number; readonly why: string };
