import type { EventView } from '../timeline/eventView.ts';
import { formEvents } from './events.ts';
import type { CaseForms, FormComment, FormProgress } from './forms.ts';

/** An event as the hub keeps it, or as pages get it: then with the name of who acted. */
type FormEvent = Pick<EventView, 'type' | 'data' | 'at' | 'actor'> & Partial<Pick<EventView, 'actorName'>>;

/** Folds one event into the forms of its case, in hub and page alike. Pure; the same object where nothing changes. */
export function applyFormEvent(forms: CaseForms, event: FormEvent): CaseForms {
	switch (event.type) {
		case 'form.begun': {
			const { formId, version } = formEvents[event.type].parse(event.data);
			return changed(forms, formId, (form) => ({
				...form,
				version,
				begunAt: form.begunAt ?? event.at,
			}));
		}
		case 'form.saved': {
			const { formId, revision } = formEvents[event.type].parse(event.data);
			return changed(forms, formId, (form) => ({ ...form, revision: Math.max(revision, form.revision) }));
		}
		case 'form.commented': {
			const { formId, name, ...comment } = formEvents[event.type].parse(event.data);
			return changed(forms, formId, (form) => ({
				...form,
				comments: [...form.comments, { ...comment, ...signed(event), solvedAt: null }],
			}));
		}
		case 'form.commentSolved': {
			const { formId, commentId } = formEvents[event.type].parse(event.data);
			return changed(forms, formId, (form) => ({
				...form,
				comments: form.comments.map((one) =>
					one.commentId === commentId ? { ...one, solvedAt: one.solvedAt ?? event.at } : one,
				),
			}));
		}
		case 'form.completed': {
			const { formId, name, version, ...completed } = formEvents[event.type].parse(event.data);
			return changed(forms, formId, (form) => ({
				...form,
				version,
				completed,
				revision: Math.max(completed.revision, form.revision),
			}));
		}
		default:
			return forms;
	}
}

const signed = ({ at, actor, actorName = null }: FormEvent): Pick<FormComment, 'at' | 'by' | 'byName'> => ({
	at,
	by: actor.kind === 'staff' ? actor.staffId : null,
	byName: actorName,
});

function changed(forms: CaseForms, formId: string, change: (form: FormProgress) => FormProgress): CaseForms {
	const before = forms.find((one) => one.formId === formId) ?? untouched(formId);
	return [...forms.filter((one) => one.formId !== formId), change(before)];
}

/** A form that nothing was done with yet. */
export const untouched = (formId: string): FormProgress => ({
	formId,
	begunAt: null,
	version: null,
	revision: 0,
	completed: null,
	comments: [],
});
