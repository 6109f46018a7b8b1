/// <reference lib="dom" />

/** Runs in a page before its own scripts: whatever is asked for, a camera gives no more than `most`. */
export function modestCameras(most: { readonly width: number; readonly height: number }): void {
	// On an insecure origin there are none.
	if (!('mediaDevices' in navigator)) return;
	const media = navigator.mediaDevices;
	const open = media.getUserMedia.bind(media);
	const within = (asked: ConstrainULong | undefined, limit: number) =>
		typeof asked === 'object' && asked.ideal !== undefined
			? { ...asked, ideal: Math.min(asked.ideal, limit) }
			: asked;
	media.getUserMedia = (constraints) => {
		const video = constraints?.video;
		if (typeof video !== 'object') return open(constraints);
		const [width, height] = [within(video.width, most.width), within(video.height, most.height)];
		return open({ ...constraints, video: { ...video, ...(width && { width }), ...(height && { height }) } });
	};
}
