import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { FieldError } from '@counter-hub/shared/errors/problem.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const HALVES: Readonly<Record<string, string>> = { am: 'morning', pm: 'afternoon' };

/** A refusal with the slots that are to blame in words: window 2, Tuesday afternoon, post B. */
export function nameSlots(refusal: unknown, { windows }: CounterView): unknown {
	if (!(refusal instanceof AppError) || !refusal.fields) return refusal;
	const fields = refusal.fields.map((field): FieldError => {
		const { windowId, day, half, post } = field.params ?? {};
		const number = windows.find(({ id }) => id === windowId)?.number ?? '?';
		const message = `window ${number}, ${DAYS[Number(day) - 1]} ${HALVES[String(half)]}, post ${String(post).toUpperCase()}`;
		return { ...field, message, params: { ...field.params, window: number } };
	});
	return new AppError(refusal.key, {
		detail: fields.map(({ message }) => message).join('; '),
		params: { count: fields.length },
		fields,
		cause: refusal,
	});
}
