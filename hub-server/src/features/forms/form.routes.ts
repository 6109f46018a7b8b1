import {
	caseFormsParams,
	caseFormsView,
	draftQuery,
	draftView,
	formList,
	formParams,
	itemParams,
	unmaskFormBody,
} from '@counter-hub/shared/forms/forms.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { noteOpening } from '../audit/noteOpening.ts';
import { signedIn } from '../auth/guards.ts';
import { getReadableCase } from '../cases/getCase.ts';
import { staffNames } from '../people/StaffNames.ts';
import { timeline } from '../timeline/timeline.ts';
import { progressOf } from './completeForm.ts';
import { formsOfItem } from './definitions/formsOfItem.ts';
import { formReaders } from './FormReaders.ts';
import { formsProjection } from './formsProjection.ts';
import { getForm } from './getForm.ts';
import { holdsPersonalData, presentDraft } from './presentDraft.ts';
import { printForm } from './printForm.ts';
import { unmaskForm } from './unmaskForm.ts';

const tag = 'Forms';

/** The forms of items, and a case's forms as they are filled in (V8). */
export function formRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/items/{itemNo}/forms',
		operationId: 'listForms',
		summary: 'The forms of an item: sections, fields, rules and help',
		tag,
		guard,
		params: itemParams,
		response: formList,
		errors: ['unknownItem'],
		handler: async ({ params: { itemNo } }) => ({ forms: [...(await formsOfItem(hub, itemNo))] }),
	});

	hub.api.route({
		method: 'get',
		path: '/cases/{caseId}/forms',
		operationId: 'readCaseForms',
		summary: 'What the case’s timeline says of its forms: progress and comments',
		tag,
		guard,
		params: caseFormsParams,
		response: caseFormsView,
		errors: ['notAllowed', 'unknownCase'],
		handler: async ({ actor, params: { caseId } }) => {
			await getReadableCase(hub, actor, caseId);
			const { state, seq } = await timeline(hub).projections.read(formsProjection, caseId);
			const forms = state?.forms ?? [];
			const names = await staffNames(hub).of(
				forms.flatMap(({ comments }) => comments.flatMap(({ by }) => by ?? [])),
			);
			const named = forms.map((form) => ({
				...form,
				comments: form.comments.map((one) => ({ ...one, byName: names.get(one.by ?? '') ?? null })),
			}));
			return { state: named, seq };
		},
	});

	hub.api.route({
		method: 'get',
		path: '/cases/{caseId}/forms/{formId}',
		operationId: 'readForm',
		summary:
			'A form as it is filled in, or what was written after a revision; masked for whoever does not write it',
		tag,
		guard,
		params: formParams,
		query: draftQuery,
		response: draftView,
		errors: ['notAllowed', 'unknownCase', 'unknownForm', 'queueFull'],
		handler: async ({ actor: principal, params: { caseId, formId }, query: { after } }) => {
			const found = await getReadableCase(hub, principal, caseId);
			const form = await getForm(hub, found, formId);
			const inClear = may.writeForm(principal.actor, found);
			if (inClear && holdsPersonalData(form, after)) await formReaders(hub).opens(principal, caseId, formId);
			return presentDraft(hub, form, { inClear }, after);
		},
	});

	hub.api.route({
		method: 'post',
		path: '/cases/{caseId}/forms/{formId}/unmask',
		operationId: 'unmaskForm',
		summary: 'Shows a form in clear; the reason goes onto the timeline first',
		tag,
		guard,
		params: formParams,
		body: unmaskFormBody,
		response: draftView,
		errors: ['notAllowed', 'unknownCase', 'unknownForm', 'personalNumber', 'commandReused', 'queueFull'],
		handler: ({ actor, params, body }) => unmaskForm(hub, actor, params, body),
	});

	hub.api.route({
		method: 'get',
		path: '/cases/{caseId}/forms/{formId}/pdf',
		operationId: 'printForm',
		summary: 'The form as PDF; personal data in clear for whoever writes it, which is noted',
		tag,
		guard,
		params: formParams,
		gives: 'application/pdf',
		errors: ['notAllowed', 'unknownCase', 'unknownForm', 'queueFull'],
		handler: async ({ actor: principal, params: { caseId, formId }, response }) => {
			const found = await getReadableCase(hub, principal, caseId);
			const form = await getForm(hub, found, formId);
			const { completed } = await progressOf(hub, found, formId);
			const isAsCompleted = completed !== null && completed.revision === form.draft.revision;
			const at = new Date(isAsCompleted ? completed.printedAt : hub.now());
			const inClear = may.writeForm(principal.actor, found);
			if (inClear) await noteOpening(hub, principal, caseId, `formPrint:${formId}`);
			const print = await printForm(hub, found, form, { inClear, at });
			response.set({
				'Content-Type': 'application/pdf',
				'Content-Length': String(print.length),
				'Content-Disposition': `inline; filename="${found.caseNo}-${formId}.pdf"`,
				'Cache-Control': 'private, no-store',
			});
			response.end(print);
		},
	});
}
