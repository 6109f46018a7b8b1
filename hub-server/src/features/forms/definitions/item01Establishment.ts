import type { FormDefinition } from '@counter-hub/shared/forms/formDefinition.ts';
import {
	appointment,
	certificateNo,
	certificateType,
	email,
	holderType,
	mobile,
	personName,
	telephone,
} from './people.ts';
import { agent, appliedOn, DECLARATION, domicile, enterpriseName, licence, postcode } from './sections.ts';
import { options, w } from './words.ts';

/** 内资有限公司设立: 公司登记（备案）申请书 with its sheets of people and shareholders. */
export const establishment: FormDefinition = {
	formId: 'item-01-establishment',
	itemNo: 1,
	name: w('公司设立登记申请书', 'Application for registration of a company'),
	version: 1,
	sections: [
		{
			title: w('基本信息', 'The company'),
			fields: [
				{
					...enterpriseName,
					label: w('公司名称', 'Name of company'),
					help: w('与名称申报结果一致', 'As reserved'),
				},
				{
					id: 'nameReservation',
					label: w('名称保留单号', 'Reservation of the name'),
					help: w('没有可不填', 'If there is one'),
					kind: 'text',
					required: false,
					rules: { most: 40 },
					wide: true,
				},
				domicile,
				{ ...mobile('companyPhone'), label: w('联系电话', 'Telephone') },
				postcode,
			],
		},
		{
			title: w('设立登记', 'Establishment'),
			fields: [
				{
					id: 'companyType',
					label: w('公司类型', 'Type of company'),
					kind: 'choice',
					required: true,
					options: options({
						limited: ['有限责任公司', 'Limited liability company'],
						soleNatural: ['有限责任公司（自然人独资）', 'Sole shareholder: a natural person'],
						soleLegal: ['有限责任公司（法人独资）', 'Sole shareholder: a legal person'],
						stateOwned: ['有限责任公司（国有独资）', 'Sole shareholder: the state'],
					}),
					wide: true,
				},
				{
					id: 'capital',
					label: w('注册资本', 'Registered capital'),
					kind: 'amount',
					required: true,
					unit: w('万元', '10,000 yuan'),
					rules: { min: 0.01, decimals: 6 },
				},
				{
					id: 'term',
					label: w('经营期限', 'Term of operation'),
					kind: 'choice',
					required: true,
					options: options({ longTerm: ['长期', 'Without end'], years: ['有期限', 'A number of years'] }),
				},
				{
					id: 'termYears',
					label: w('年数', 'Years'),
					kind: 'amount',
					required: true,
					unit: w('年', 'years'),
					rules: { min: 1, max: 99, decimals: 0 },
					when: { field: 'term', is: ['years'] },
				},
				{
					id: 'scope',
					label: w('经营范围', 'Business scope'),
					help: w(
						'按经营范围规范表述目录逐项写；须经批准的项目单独列明',
						'Item by item as in the catalogue; what needs approval on its own',
					),
					kind: 'multiline',
					required: true,
					rules: { least: 4, most: 2000 },
					wide: true,
				},
			],
		},
		{
			title: w('法定代表人信息', 'Legal representative'),
			fields: [
				personName('representativeName'),
				{
					id: 'position',
					label: w('职务', 'Position'),
					kind: 'choice',
					required: true,
					options: options({
						chair: ['董事长', 'Chair of the board'],
						executiveDirector: ['执行公司事务的董事', 'Director who runs the company'],
						manager: ['经理', 'Manager'],
					}),
				},
				certificateType('certificateType'),
				certificateNo('certificateNo', 'certificateType'),
				appointment('appointment'),
				mobile('representativeMobile'),
				telephone('representativeTelephone'),
				email('representativeEmail'),
			],
		},
		{
			title: w('董事、监事、经理信息', 'Directors, supervisors, managers'),
			fields: [
				{
					id: 'officers',
					label: w('董事、监事、经理', 'Directors, supervisors, managers'),
					help: w('法定代表人兼任的也要写', 'The legal representative too'),
					kind: 'table',
					required: true,
					rowLabel: w('人员', 'Person'),
					rows: { least: 1, most: 15 },
					columns: [
						personName('name'),
						{
							id: 'office',
							label: w('职务', 'Office'),
							kind: 'choice',
							required: true,
							options: options({
								director: ['董事', 'Director'],
								supervisor: ['监事', 'Supervisor'],
								manager: ['经理', 'Manager'],
							}),
						},
						certificateType('certificateType'),
						certificateNo('certificateNo', 'certificateType'),
						appointment('appointment'),
					],
				},
			],
		},
		{
			title: w('股东出资情况', 'Shareholders'),
			fields: [
				{
					id: 'shareholders',
					label: w('股东', 'Shareholders'),
					help: w('认缴出资额合计应等于注册资本', 'What is subscribed adds up to the registered capital'),
					kind: 'table',
					required: true,
					rowLabel: w('股东', 'Shareholder'),
					rows: { least: 1, most: 50 },
					columns: [
						{
							...personName('name', '名称或姓名', 'Name'),
							help: w('与证照一致', 'As on the certificate'),
							openWhen: { field: 'certificateType', is: ['businessLicence'] },
						},
						holderType('certificateType'),
						{
							...certificateNo('certificateNo', 'certificateType'),
							label: w('证照号码', 'Number'),
							openWhen: { field: 'certificateType', is: ['businessLicence'] },
						},
						{
							id: 'subscribed',
							label: w('认缴出资额', 'Subscribed'),
							kind: 'amount',
							required: true,
							unit: w('万元', '10,000 yuan'),
							rules: { min: 0.000001, decimals: 6 },
						},
						{
							id: 'contribution',
							label: w('出资方式', 'Contribution'),
							kind: 'choice',
							required: true,
							options: options({
								money: ['货币', 'Money'],
								goods: ['实物', 'Goods'],
								intellectual: ['知识产权', 'Intellectual property'],
								landUse: ['土地使用权', 'Right to use land'],
								equity: ['股权', 'Equity'],
								other: ['其他', 'Other'],
							}),
						},
						{
							id: 'payableBy',
							label: w('出资期限', 'To be paid by'),
							help: w('自公司成立之日起五年内', 'Within five years of establishment'),
							kind: 'date',
							required: true,
							rules: { date: 'future' },
						},
					],
				},
			],
		},
		{
			title: w('联络员信息', 'Liaison officer'),
			fields: [
				personName('liaisonName'),
				mobile('liaisonMobile'),
				certificateType('liaisonCertificateType'),
				certificateNo('liaisonCertificateNo', 'liaisonCertificateType'),
				{ ...email('liaisonEmail'), wide: true },
			],
		},
		{
			title: w('财务负责人信息', 'Financial officer'),
			fields: [
				personName('financeName'),
				mobile('financeMobile'),
				certificateType('financeCertificateType'),
				certificateNo('financeCertificateNo', 'financeCertificateType'),
			],
		},
		{ title: licence.title, fields: licence.fields },
		agent,
		{ title: w('申请', 'Application'), fields: [appliedOn] },
	],
	declaration: DECLARATION,
	signatures: ['全体股东签字（盖章）', '拟任法定代表人签字', '指定代表 / 委托代理人签字'],
};
