import type { FormDefinition } from '@counter-hub/shared/forms/formDefinition.ts';
import {
	appointment,
	certificateNo,
	certificateType,
	email,
	mobile,
	personName,
	telephone,
} from './people.ts';
import {
	agent,
	appliedOn,
	DECLARATION,
	domicile,
	enterpriseName,
	licence,
	postcode,
	uscc,
} from './sections.ts';
import { options, w } from './words.ts';

/** 内资有限公司法定代表人变更: 公司登记（备案）申请书 with the sheet of the new legal representative. */
export const legalRepresentativeChange: FormDefinition = {
	formId: 'item-05-legal-representative',
	itemNo: 5,
	name: w('公司变更登记申请书', 'Application for change of registration'),
	version: 1,
	sections: [
		{
			title: w('基本信息', 'The company'),
			fields: [
				enterpriseName,
				uscc,
				domicile,
				{ ...mobile('companyPhone'), label: w('联系电话', 'Telephone') },
				postcode,
			],
		},
		{
			title: w('变更登记', 'Change'),
			fields: [
				personName('formerName', '原法定代表人', 'Former legal representative'),
				{
					...personName('newName', '变更后法定代表人', 'New legal representative'),
					rules: { least: 2, differsFrom: 'formerName' },
				},
				{
					id: 'decidedBy',
					label: w('任免文件', 'Decided by'),
					help: w('按章程规定的产生方式', 'As the articles of association provide'),
					kind: 'choice',
					required: true,
					options: options({
						shareholdersMeeting: ['股东会决议', 'Resolution of the shareholders'],
						shareholder: ['股东决定（一人公司）', 'Decision of the sole shareholder'],
						board: ['董事会决议', 'Resolution of the board'],
						employees: ['职工代表大会决议', 'Resolution of the employees'],
					}),
				},
				{
					id: 'decidedOn',
					label: w('任免日期', 'Decided on'),
					help: w('与任免文件上的日期一致', 'As on the document'),
					kind: 'date',
					required: true,
					rules: { date: 'past' },
				},
				{
					id: 'namedInArticles',
					label: w('章程载明法定代表人姓名', 'The articles name the legal representative'),
					kind: 'yesNo',
					required: true,
					wide: true,
				},
				{
					id: 'articlesAmendedOn',
					label: w('章程（修正案）日期', 'Articles amended on'),
					kind: 'date',
					required: true,
					rules: { date: 'past' },
					when: { field: 'namedInArticles', is: ['yes'] },
				},
			],
		},
		{
			title: w('新任法定代表人信息', 'The new legal representative'),
			fields: [
				{
					id: 'nationality',
					label: w('国别（地区）', 'Country or region'),
					kind: 'text',
					required: true,
					rules: { least: 2, most: 20 },
				},
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
				{ ...appointment('appointment'), wide: true },
				certificateType('certificateType'),
				certificateNo('certificateNo', 'certificateType'),
				mobile('representativeMobile'),
				telephone('representativeTelephone'),
				{ ...email('representativeEmail'), wide: true },
				{
					id: 'barred',
					label: w(
						'有《公司法》第一百七十八条规定不得任职的情形',
						'Barred from office (Company Law, article 178)',
					),
					help: w('有其中情形的不能登记为法定代表人', 'Whoever is cannot be registered'),
					kind: 'yesNo',
					required: true,
					rules: { mustBe: 'no' },
					wide: true,
				},
			],
		},
		{ title: licence.title, fields: licence.fields },
		agent,
		{ title: w('申请', 'Application'), fields: [appliedOn] },
	],
	declaration: DECLARATION,
	signatures: ['新任法定代表人签字', '指定代表 / 委托代理人签字', '公司盖章'],
};
