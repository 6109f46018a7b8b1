import { FORMAT } from '../codec/head.ts';
import { PictureReader } from '../codec/PictureReader.ts';
import { frameOf } from '../codec/videoFrames.ts';
import type { FromReader, ToReader } from './messages.ts';

/*
 * The worker that reads frames while they come. It gets what another page has sent: whatever is no frame is answered
 * with none.
 */

let coming: { frameId: string; reader: PictureReader } | null = null;

function tell(frameId: string, picture: FromReader['picture']): void {
	const message: FromReader = { frameId, picture };
	self.postMessage(message, { transfer: picture ? [picture.bitmap] : [] });
}

async function take({ frameId, data, last }: Extract<ToReader, { type: 'part' }>): Promise<void> {
	if (coming?.frameId !== frameId) return;
	const { reader } = coming;
	try {
		reader.add(new Uint8Array(data));
		if (!last) return;
		coming = null;
		const { picture, near } = reader.finish();
		const frame = frameOf(picture);
		const bitmap = await createImageBitmap(frame).finally(() => frame.close());
		tell(frameId, { bitmap, near });
	} catch {
		coming = null;
		tell(frameId, null);
	}
}

self.addEventListener('message', ({ data }: MessageEvent<ToReader>) => {
	if (data.type === 'part') {
		void take(data);
		return;
	}
	const { frameId, format, width, height } = data.frame;
	if (coming && coming.frameId !== frameId) tell(coming.frameId, null);
	coming = format === FORMAT ? { frameId, reader: new PictureReader(width, height) } : null;
	if (!coming) tell(frameId, null);
});
