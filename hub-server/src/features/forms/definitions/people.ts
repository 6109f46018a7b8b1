import type { ValueField } from '@counter-hub/shared/forms/formDefinition.ts';
import { options, w } from './words.ts';

/*
 * Fields that several forms ask of the people they name, in the words of the registration forms. Each takes the
 * beginning of its ids, so that one form may ask the same of two people.
 */

/** Certificates of natural persons. */
const CERTIFICATES = {
	citizenId: ['居民身份证', 'Resident ID card'],
	passport: ['护照', 'Passport'],
	permit: ['港澳台居民居住证或通行证', 'Residence permit for Hong Kong, Macao, Taiwan'],
	other: ['其他', 'Other'],
} as const;

export const certificateType = (id: string): ValueField => ({
	id,
	label: w('身份证件类型', 'Type of certificate'),
	kind: 'choice',
	required: true,
	options: options(CERTIFICATES),
});

export const certificateNo = (id: string, typeField: string): ValueField => ({
	id,
	label: w('身份证件号码', 'Certificate number'),
	help: w('与证件原件一致', 'As on the original'),
	kind: 'certificate',
	required: true,
	typeField,
});

/** Of a shareholder, who may be a person or an enterprise. */
export const holderType = (id: string): ValueField => ({
	...certificateType(id),
	label: w('证照类型', 'Type of certificate'),
	options: options({ ...CERTIFICATES, businessLicence: ['营业执照', 'Business licence'] }),
});

export const personName = (id: string, zh = '姓名', en = 'Name'): ValueField => ({
	id,
	label: w(zh, en),
	help: w('与身份证件一致', 'As on the certificate'),
	kind: 'personName',
	required: true,
	rules: { least: 2 },
});

export const mobile = (id: string): ValueField => ({
	id,
	label: w('移动电话', 'Mobile'),
	kind: 'phone',
	required: true,
});

export const telephone = (id: string): ValueField => ({
	id,
	label: w('固定电话', 'Landline'),
	help: w('写区号，如 021-37736000', 'With area code, as 021-37736000'),
	kind: 'phone',
	required: false,
});

export const email = (id: string, required = false): ValueField => ({
	id,
	label: w('电子邮箱', 'Email'),
	kind: 'email',
	required,
});

/** Of legal representatives, directors, supervisors and managers. */
export const appointment = (id: string): ValueField => ({
	id,
	label: w('产生方式', 'How appointed'),
	kind: 'choice',
	required: true,
	options: options({
		elected: ['选举', 'Elected'],
		assigned: ['委派', 'Assigned'],
		engaged: ['聘任', 'Engaged'],
	}),
});
