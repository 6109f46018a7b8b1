import type { EventView } from '../timeline/eventView.ts';
import { annotationEvents } from './events.ts';
import type { Mark, Marks, MarkSubject } from './marks.ts';

export const NO_MARKS: Marks = { marks: [], strokes: {} };

type MarkEvent = Pick<EventView, 'type' | 'data' | 'at' | 'actor'> & {
	about?: EventView['about'] | undefined;
	/** Where names are known. */
	actorName?: string | null;
};

/** Folds one event into the marks of its case, in hub and page alike. Pure; the same object where nothing changes. */
export function applyMarkEvent(
	state: Marks,
	{ type, data, at, actor, about, actorName = null }: MarkEvent,
): Marks {
	if (type === 'mark.drawn' && actor.kind === 'staff') {
		const { markId, on, drawing, strokes } = annotationEvents[type].parse(data);
		if (state.marks.some((one) => one.markId === markId)) return state;
		const by = { staffId: actor.staffId, duty: actor.duty, name: actorName };
		const drawn: Mark = { markId, on, drawing, by, at, sessionId: about?.sessionId ?? null };
		return { marks: [...state.marks, drawn], strokes: withStrokes(state, on, strokes) };
	}
	if (type === 'mark.erased') {
		const { markId, strokes } = annotationEvents[type].parse(data);
		const erased = state.marks.find((one) => one.markId === markId);
		if (!erased) return state;
		return {
			marks: state.marks.filter((one) => one !== erased),
			strokes: withStrokes(state, erased.on, strokes),
		};
	}
	return state;
}

function withStrokes({ strokes }: Marks, on: MarkSubject, hash: string | null): Marks['strokes'] {
	return on.kind === 'still' && hash !== null ? { ...strokes, [on.stillId]: hash } : strokes;
}
