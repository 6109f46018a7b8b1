import type { FormDefinition, ValueField } from '@counter-hub/shared/forms/formDefinition.ts';
import { certificateNo, certificateType, mobile, personName, telephone } from './people.ts';
import { w } from './words.ts';

/*
 * Sections that several forms have.
 */

type Section = FormDefinition['sections'][number];

export const enterpriseName: ValueField = {
	id: 'enterpriseName',
	label: w('名称', 'Name of enterprise'),
	help: w('与营业执照一致', 'As on the business licence'),
	kind: 'text',
	required: true,
	rules: { least: 2, most: 100 },
	from: 'enterpriseName',
	wide: true,
};

export const uscc: ValueField = {
	id: 'uscc',
	label: w('统一社会信用代码', 'Unified social credit code'),
	help: w('18 位，与营业执照一致', '18 characters, as on the licence'),
	kind: 'uscc',
	required: true,
	from: 'uscc',
	wide: true,
};

export const domicile: ValueField = {
	id: 'domicile',
	label: w('住所', 'Domicile'),
	help: w('写到门牌号和房间号', 'Down to number and room'),
	kind: 'text',
	required: true,
	rules: { least: 6, most: 120 },
	wide: true,
};

export const postcode: ValueField = {
	id: 'postcode',
	label: w('邮政编码', 'Postcode'),
	kind: 'postcode',
	required: true,
};

const power = (id: string, zh: string, en: string): ValueField => ({
	id,
	label: w(zh, en),
	help: w('是：同意授权', 'Yes: authorised'),
	kind: 'yesNo',
	required: true,
	wide: true,
});

/** 指定代表或者共同委托代理人: who hands the papers in, and what he may do. */
export const agent: Section = {
	title: w('指定代表 / 委托代理人', 'Appointed representative / agent'),
	fields: [
		personName('agentName'),
		mobile('agentMobile'),
		certificateType('agentCertificateType'),
		certificateNo('agentCertificateNo', 'agentCertificateType'),
		telephone('agentTelephone'),
		power(
			'mayVerifyCopies',
			'核对登记材料中的复印件并签署核对意见',
			'May check copies against originals and sign for it',
		),
		power('mayCorrectPapers', '修改企业自备文件的错误', 'May correct mistakes in papers of the enterprise'),
		power('mayCorrectForms', '修改有关表格的填写错误', 'May correct mistakes in forms'),
		power('mayCollect', '领取营业执照和有关文书', 'May collect the licence and documents'),
		{
			id: 'agentFrom',
			label: w('授权期限自', 'Authorised from'),
			kind: 'date',
			required: true,
		},
		{
			id: 'agentUntil',
			label: w('至', 'Until'),
			kind: 'date',
			required: true,
			rules: { date: 'future', notBefore: 'agentFrom' },
		},
	],
};

/** 申领执照. */
export const licence: Section = {
	title: w('申领执照', 'Business licence'),
	fields: [
		{
			id: 'paperLicence',
			label: w('申领纸质执照', 'Paper licence wanted'),
			help: w('电子执照由系统自动生成', 'The electronic one is made by itself'),
			kind: 'yesNo',
			required: true,
		},
		{
			id: 'licenceCopies',
			label: w('其中：副本', 'Of it: duplicates'),
			kind: 'amount',
			required: true,
			unit: w('份', 'copies'),
			rules: { min: 1, max: 20, decimals: 0 },
			when: { field: 'paperLicence', is: ['yes'] },
		},
	],
};

export const appliedOn: ValueField = {
	id: 'appliedOn',
	label: w('申请日期', 'Date of application'),
	kind: 'date',
	required: true,
	rules: { date: 'past' },
};

export const DECLARATION = [
	'本公司依照《中华人民共和国公司法》《中华人民共和国市场主体登记管理条例》等规定申请登记、备案，提交材料真实有效。',
	'通过联络员登录国家企业信用信息公示系统向登记机关报送、向社会公示的企业信息为本企业提供、发布的信息，信息真实、有效。',
	'使用的名称、经营范围符合国家有关规定；经营范围中属于法律、行政法规或者国务院决定规定在登记前须经批准的项目的，已取得批准。',
];
