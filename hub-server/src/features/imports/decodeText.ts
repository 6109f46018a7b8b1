import { AppError } from '@counter-hub/shared/errors/AppError.ts';

/**
 * The text of a file: UTF-8, with or without a mark at its beginning, or GB18030, as Excel in China writes it. What is
 * valid UTF-8 is taken for that.
 * @throws AppError `importUnreadable`
 */
export function decodeText(bytes: Uint8Array): string {
	const text = decodedAs('utf-8', bytes) ?? decodedAs('gb18030', bytes);
	// A sheet in a program's own form may pass for text in parts.
	if (text === undefined || text.includes('\0')) throw new AppError('importUnreadable');
	return text;
}

function decodedAs(encoding: string, bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
