import { DeviceError } from './deviceTypes.ts';

/** Frames per second of a still that is sent as a stream: enough to start quickly at the other end. */
const PICTURE_FPS = 5;
const WIDTH = 3840;
const HEIGHT = 2160;

interface PictureSource {
	readonly track: MediaStreamTrack;
	readonly stop: () => void;
}

/** Sends a picture file as the document stream, at its own resolution within 3840×2160. */
export async function pictureFromFile(file: Blob): Promise<PictureSource> {
	let bitmap: ImageBitmap;
	try {
		bitmap = await createImageBitmap(file);
	} catch (error) {
		throw new DeviceError('unreadablePicture', 'document', error);
	}
	const scale = Math.min(1, WIDTH / bitmap.width, HEIGHT / bitmap.height);
	const width = Math.max(2, Math.round((bitmap.width * scale) / 2) * 2);
	const height = Math.max(2, Math.round((bitmap.height * scale) / 2) * 2);
	return drawnSource(width, height, (context) => {
		context.drawImage(bitmap, 0, 0, width, height);
	});
}

/** A page with lines of text in falling sizes, so that one sees at the other end what is still readable. */
export function testPicture(): PictureSource {
	return drawnSource(WIDTH, HEIGHT, (context) => {
		context.fillStyle = '#fff';
		context.fillRect(0, 0, WIDTH, HEIGHT);
		context.strokeStyle = '#000';
		context.lineWidth = 8;
		context.strokeRect(80, 80, WIDTH - 160, HEIGHT - 160);
		context.fillStyle = '#000';
		let y = 260;
		for (let size = 160; size >= 24 && y < HEIGHT - 160; size -= 16) {
			context.font = `${size}px serif`;
			context.fillText(`高拍仪测试图 Document test ${size} px 0123456789`, 160, y);
			y += size * 1.5;
		}
	});
}

function drawnSource(
	width: number,
	height: number,
	draw: (context: CanvasRenderingContext2D) => void,
): PictureSource {
	const canvas = document.createElement('canvas');
	canvas.width = width;
	canvas.height = height;
	const context = canvas.getContext('2d', { alpha: false });
	if (!context) throw new DeviceError('unreadablePicture', 'document');
	draw(context);
	const [track] = canvas.captureStream(PICTURE_FPS).getVideoTracks();
	if (!track) throw new DeviceError('unreadablePicture', 'document');
	// Print must stay sharp: frames may be dropped, resolution may not.
	track.contentHint = 'detail';
	// A canvas that does not change gives no frames, and a viewer who joins later would wait for one.
	// Read back once only: reading a 4K canvas again and again costs more than encoding it.
	const corner = context.getImageData(0, 0, 1, 1);
	const timer = setInterval(() => {
		context.putImageData(corner, 0, 0);
	}, 1000 / PICTURE_FPS);
	return {
		track,
		stop: () => {
			clearInterval(timer);
			track.stop();
		},
	};
}
