import { applyFormEvent, untouched } from '@counter-hub/shared/forms/applyFormEvent.ts';
import type { CaseForms, FormProgress } from '@counter-hub/shared/forms/forms.ts';
import type { Projection, TimelineEvent } from '../timeline/types.ts';

/** What a case's timeline says of its forms. */
export interface FormsFold {
	forms: CaseForms;
}

export const formsProjection: Projection<FormsFold> = {
	name: 'caseForms',
	subjectKind: 'case',
	by: 'subject',
	apply(fold, event) {
		// Every event is a new state, so that the document's `seq` keeps up with the timeline and reading it stays short.
		return { forms: applyFormEvent(fold?.forms ?? [], asShown(event)) };
	},
};

/** The form among those of the case. */
export const formIn = (fold: FormsFold | undefined, formId: string): FormProgress =>
	fold?.forms.find((one) => one.formId === formId) ?? untouched(formId);

const asShown = ({ type, data, at, actor }: TimelineEvent) => ({ type, data, actor, at: at.toISOString() });
