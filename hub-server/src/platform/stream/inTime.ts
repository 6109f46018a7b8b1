/** It took longer than it may; what was waited for is left to itself. */
class Late extends Error {}

/**
 * The outcome of `work`, or the end of the wait for it.
 * @param limit ms
 * @throws what `work` throws; `Late` after `limit`; the signal's reason when it is aborted
 */
export async function inTime<T>(work: Promise<T>, limit: number, signal?: AbortSignal): Promise<T> {
	const { promise: end, reject } = Promise.withResolvers<never>();
	const timer = setTimeout(() => {
		reject(new Late(`no answer within ${limit} ms`));
	}, limit);
	const aborted = () => {
		reject(signal?.reason as Error);
	};
	if (signal?.aborted) aborted();
	else signal?.addEventListener('abort', aborted, { once: true });
	work.catch(() => undefined);
	try {
		return await Promise.race([work, end]);
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', aborted);
	}
}
