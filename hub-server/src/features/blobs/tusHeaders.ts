import { z } from 'zod';

export const TUS_VERSION = '1.0.0';

/** Says which protocol is spoken: whoever speaks another one is told that, and nothing about the rest. */
const version = z
	.custom<typeof TUS_VERSION>((said) => said === TUS_VERSION, { params: { error: 'unsupportedTus' } })
	.meta({ override: { type: 'string', const: TUS_VERSION } });

export const tusHeaders = z.object({ 'Tus-Resumable': version });

export const beginHeaders = tusHeaders.extend({
	'Upload-Length': z.coerce.number().int().min(1).describe('How many bytes there will be'),
	'Upload-Metadata': z
		.string()
		.regex(/(^|,) *sha256 [\w+/]{86}==/)
		.transform((text) => metadataOf(text).get('sha256'))
		.pipe(z.string().regex(/^[0-9a-f]{64}$/))
		.describe('Key `sha256`, value base64 of the hex form; other keys are passed over'),
});

export const pieceHeaders = tusHeaders.extend({
	'Upload-Offset': z.coerce.number().int().min(0).describe('Where the bytes of this request begin'),
});

function metadataOf(header: string): Map<string, string> {
	return new Map(
		header.split(',').map((pair) => {
			const [key = '', value = ''] = pair.trim().split(' ');
			return [key, Buffer.from(value, 'base64').toString('utf8')];
		}),
	);
}
