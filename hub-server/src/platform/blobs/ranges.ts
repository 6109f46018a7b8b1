import { AppError } from '@counter-hub/shared/errors/AppError.ts';

/** First byte and the one after the last. */
export interface ByteRange {
	start: number;
	end: number;
}

/**
 * What a request asks for of `size` bytes (RFC 9110): one range, or undefined for the whole, also where `If-Range` names
 * other bytes than these or the range is of a form that may be passed over.
 * @throws AppError `rangeUnsatisfiable`
 */
export function rangeOf(
	{ Range: range, 'If-Range': ifRange }: { Range?: string | undefined; 'If-Range'?: string | undefined },
	size: number,
	etag: string,
): ByteRange | undefined {
	if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return undefined;
	const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
	if (first === '' && last === '') return undefined;
	const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
	const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
	if (first !== '' && last !== '' && Number(last) < start) return undefined;
	if (start >= size || start >= end) throw new AppError('rangeUnsatisfiable');
	return { start, end };
}
