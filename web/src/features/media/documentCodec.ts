import type { types } from 'mediasoup-client';

/** The first of these that the browser can send and all viewers can read; the reasons: docs/decisions/document-codec.md. */
const DOCUMENT_CODECS = ['video/av1', 'video/vp8'];

/**
 * In what papers are sent: null for the browser's first codec. `readable`: what all viewers can read (MIME types in
 * small letters), null while nobody has said that he cannot.
 */
export function documentCodec(
	{ codecs = [] }: types.RtpCapabilities,
	readable: readonly string[] | null,
): types.RtpCodecCapability | null {
	for (const wanted of DOCUMENT_CODECS) {
		if (readable && !readable.includes(wanted)) continue;
		const found = codecs.find(({ mimeType }) => mimeType.toLowerCase() === wanted);
		if (found) return found;
	}
	return null;
}
