import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

let isReady: Promise<unknown> | undefined;

/** A QR or bar code as the `src` of an <img>. */
export async function drawCode(text: string, format: 'QRCode' | 'Code128'): Promise<string> {
	isReady ??= readFile(fileURLToPath(import.meta.resolve('zxing-wasm/writer/zxing_writer.wasm'))).then(
		(bytes) =>
			prepareZXingModule({
				overrides: { wasmBinary: new Uint8Array(bytes).buffer },
				fireImmediately: true,
			}),
	);
	await isReady;
	const { svg, error } = await writeBarcode(text, { format, scale: 4 });
	if (error !== '') throw new Error(error);
	return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
