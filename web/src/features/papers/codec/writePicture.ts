import { BitWriter } from './bits.ts';
import { writeHead } from './head.ts';
import { LENGTH_BYTES, mostBytes, nearOf, rowsOfStripe, stripeCount, type Picture } from './Picture.ts';
import { writeRows } from './rows.ts';

/**
 * Writes a picture, one stripe of rows after another, so that whoever calls can do something else in between, and the
 * first ones are on their way while the last ones are still being written.
 */
export function* writePicture(picture: Picture, near: number): Generator<Uint8Array<ArrayBuffer>> {
	const { layout, colour, planes, width, height } = picture;
	const nears = nearOf(layout, near);
	yield writeHead({ layout, colour, near: nears[0] ?? 0 });
	const writer = new BitWriter(LENGTH_BYTES + mostBytes(width));
	for (let stripe = 0; stripe < stripeCount(height); stripe++) {
		writer.length = LENGTH_BYTES;
		for (const [at, plane] of planes.entries()) {
			const [first, end] = rowsOfStripe(plane, height, stripe);
			writeRows(writer, plane, first, end, nears[at] ?? 0);
		}
		writer.flush();
		const bytes = writer.bytes.slice(0, writer.length);
		new DataView(bytes.buffer).setUint32(0, bytes.length - LENGTH_BYTES);
		yield bytes;
	}
}
