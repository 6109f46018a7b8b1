import type { PicturePlace } from '@counter-hub/shared/reading/findings.ts';
import type { Box } from '@counter-hub/shared/reading/ReadLine.ts';
import type { GreyPicture } from './Ocr.ts';

/** How a picture is looked at. */
export interface Look {
	/** Quarter turns clockwise, then radians more clockwise. */
	readonly turns: number;
	readonly radians: number;
	readonly scale: number;
}

/** A picture as it is looked at, and the way back to places in it. */
export interface View extends GreyPicture {
	/** The share of the unturned picture that a box of the view covers. */
	placeOf(box: Box): PicturePlace;
}

/** More pixels than these are not looked at at once: memory is limited, and print is legible long before. */
const VIEW_PIXELS_MAX = 12_000_000;

/** A decoded picture. Close it. */
export class Picture {
	readonly width: number;
	readonly height: number;
	readonly #bitmap: ImageBitmap;

	private constructor(bitmap: ImageBitmap) {
		this.#bitmap = bitmap;
		({ width: this.width, height: this.height } = bitmap);
	}

	/** @throws TypeError, Error where there are no bytes; DOMException where they are no picture */
	static async open(src: string): Promise<Picture> {
		const response = await fetch(src);
		if (!response.ok) throw new Error(`the picture: ${response.status}`);
		return new Picture(await createImageBitmap(await response.blob()));
	}

	close(): void {
		this.#bitmap.close();
	}

	/** The scale, `wanted` at most, with which a view has no more pixels than are looked at. */
	fitting(wanted: number): number {
		return Math.min(wanted, Math.sqrt(VIEW_PIXELS_MAX / (this.width * this.height)));
	}

	/** In colours and unturned, as large as is looked at. */
	pixels(): ImageData {
		const scale = this.fitting(1);
		return this.#draw({ turns: 0, radians: 0, scale });
	}

	/** In grey, as through a red glass: a seal over print hardly shows, black and blue ink do. */
	look(look: Look): View {
		const { data, width, height } = this.#draw(look);
		const head = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
		const pgm = new Uint8Array(head.length + width * height);
		pgm.set(head);
		for (let from = 0, to = head.length; to < pgm.length; from += 4, to += 1) {
			pgm[to] = data[from] ?? 0;
		}
		const placeOf = (box: Box) => this.#placeOf(box, look, { width, height });
		return { width, height, pgm, placeOf };
	}

	#draw({ turns, radians, scale }: Look): ImageData {
		const [across, down] = turns % 2 === 0 ? [this.width, this.height] : [this.height, this.width];
		const width = Math.max(1, Math.round(across * scale));
		const height = Math.max(1, Math.round(down * scale));
		// Read back at once: it need not go through the graphics card that shows the call.
		const canvas = new OffscreenCanvas(width, height);
		const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
		if (!context) throw new Error('no canvas');
		context.imageSmoothingQuality = 'high';
		context.translate(width / 2, height / 2);
		context.rotate((turns * Math.PI) / 2 + radians);
		context.scale(scale, scale);
		context.drawImage(this.#bitmap, -this.width / 2, -this.height / 2);
		return context.getImageData(0, 0, width, height);
	}

	#placeOf(box: Box, { turns, radians, scale }: Look, view: { width: number; height: number }): PicturePlace {
		const angle = -((turns * Math.PI) / 2 + radians);
		const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
		// From the middle of both, back through scale and turn.
		const middle = {
			x: (box.x + box.width / 2 - view.width / 2) / scale,
			y: (box.y + box.height / 2 - view.height / 2) / scale,
		};
		const x = cos * middle.x - sin * middle.y + this.width / 2;
		const y = sin * middle.x + cos * middle.y + this.height / 2;
		const across = (Math.abs(cos) * box.width + Math.abs(sin) * box.height) / scale;
		const down = (Math.abs(sin) * box.width + Math.abs(cos) * box.height) / scale;
		return sharesOf(
			{ x: x - across / 2, y: y - down / 2, width: across, height: down },
			this.width,
			this.height,
		);
	}
}

/** A box in pixels as shares of a picture, within it. */
export function sharesOf(box: Box, width: number, height: number): PicturePlace {
	const within = (share: number) => Math.min(1, Math.max(0, share));
	const x = within(box.x / width);
	const y = within(box.y / height);
	return {
		x,
		y,
		width: within((box.x + box.width) / width) - x,
		height: within((box.y + box.height) / height) - y,
	};
}
