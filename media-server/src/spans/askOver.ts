import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { ERROR_CATALOGUE, type ErrorKey } from '@counter-hub/shared/errors/errorCatalogue.ts';
import type { Problem } from '@counter-hub/shared/errors/problem.ts';
import { ackOf, type Request } from '@counter-hub/shared/realtime/ack.ts';
import type { z } from 'zod';

/** Either end's socket, as far as it is asked something over it. */
interface AskingSocket {
	timeout(ms: number): { emitWithAck(event: string, payload: unknown): Promise<unknown> };
}

const keyOf = new Map<string, ErrorKey>(
	Object.entries(ERROR_CATALOGUE).map(([key, { code }]) => [code, key as ErrorKey]),
);

/**
 * Asks the other node. Throws its refusal as if it had been made here, so that a page is told the same; `unavailable`
 * where there is no answer.
 */
export async function askOver<P extends z.ZodType, D extends z.ZodType>(
	socket: AskingSocket | null,
	{ data }: Request<P, D>,
	{ event, payload, withinMs }: { event: string; payload: z.input<P>; withinMs: number },
): Promise<z.output<D>> {
	if (!socket) throw new AppError('unavailable');
	let answer: unknown;
	try {
		answer = await socket.timeout(withinMs).emitWithAck(event, payload);
	} catch (error) {
		throw new AppError('unavailable', { cause: error });
	}
	const ack = ackOf(data).safeParse(answer);
	if (!ack.success) throw new AppError('unavailable', { cause: ack.error });
	if (!ack.data.ok) throw refusal((ack.data as { error: Problem }).error);
	return (ack.data as { data: z.output<D> }).data;
}

function refusal({ code, detail, params, fields }: Problem): AppError {
	return new AppError(keyOf.get(code) ?? 'internal', {
		...(detail !== undefined && { detail }),
		...(params && { params }),
		...(fields && { fields }),
	});
}
