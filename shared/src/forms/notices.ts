import { draftChange } from './forms.ts';

export const formNotices = {
	/** To whoever watches the case: fields of a form were written. Values that belong to persons are masked for readers. */
	'form:changed': draftChange,
} as const;
