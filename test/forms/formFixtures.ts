import { randomUUID } from 'node:crypto';
import {
	caseFormsView,
	draftView,
	formList,
	type DraftView,
	type FormProgress,
} from '@counter-hub/shared/forms/forms.ts';
import type { FormDefinition } from '@counter-hub/shared/forms/formDefinition.ts';
import { ask, type TestClient, type TestSocket } from '../platform/TestClient.ts';

export const CHANGE = 'item-05-legal-representative';
export const ESTABLISHMENT = 'item-01-establishment';

/** Of people whom nobody knows: none of it may stand outside the encrypted fields. */
export const SECRETS = {
	newName: '周亦航',
	certificateNo: '330106199203040012',
	representativeMobile: '13957100123',
	representativeEmail: 'zhou.yihang@example.com',
	agentName: '何清扬',
	agentCertificateNo: '310117190001010012',
	agentMobile: '13800001234',
	formerName: '宋一帆',
	companyPhone: '0571-87770000',
};

/** All that the form for item 5 asks for. */
export const FILLED: Readonly<Record<string, string>> = {
	...SECRETS,
	domicile: '杭州市西湖区文三路 90 号 6 幢 301 室',
	postcode: '310012',
	decidedBy: 'shareholdersMeeting',
	decidedOn: '2026-01-18',
	namedInArticles: 'no',
	nationality: '中国',
	position: 'chair',
	appointment: 'elected',
	certificateType: 'citizenId',
	barred: 'no',
	paperLicence: 'yes',
	licenceCopies: '2',
	agentCertificateType: 'citizenId',
	mayVerifyCopies: 'yes',
	mayCorrectPapers: 'no',
	mayCorrectForms: 'yes',
	mayCollect: 'yes',
	agentFrom: '2026-01-18',
	agentUntil: '2099-12-31',
	appliedOn: '2026-01-19',
};

interface FormPlace {
	socket: TestSocket;
	caseId: string;
	formId?: string;
}
interface Writing {
	path: string;
	value: string;
	basedOn?: number;
	commandId?: string;
	version?: number;
}

export const write = (
	{ socket, caseId, formId = CHANGE }: FormPlace,
	{ path, value, basedOn = 0, commandId = randomUUID(), version = 1 }: Writing,
) => ask(socket, 'form:write', { commandId, caseId, formId, version, path, value, basedOn });

/** Writes fields that nobody has written yet. */
export async function fill(place: FormPlace, values: Readonly<Record<string, string>> = FILLED) {
	for (const [path, value] of Object.entries(values)) await write(place, { path, value });
}

export const readDraft = async (
	client: TestClient,
	caseId: string,
	formId = CHANGE,
	after?: number,
): Promise<DraftView> =>
	draftView.parse(
		await client.get(`/cases/${caseId}/forms/${formId}${after === undefined ? '' : `?after=${after}`}`),
	);

export const formsOf = async (client: TestClient, itemNo: number): Promise<FormDefinition[]> =>
	formList.parse(await client.get(`/items/${itemNo}/forms`)).forms;

export async function progressOf(
	client: TestClient,
	caseId: string,
	formId = CHANGE,
): Promise<FormProgress | undefined> {
	const { state } = caseFormsView.parse(await client.get(`/cases/${caseId}/forms`));
	return state.find((one) => one.formId === formId);
}
