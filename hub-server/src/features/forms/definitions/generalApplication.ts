import type { Item } from '@counter-hub/shared/catalogue/catalogue.ts';
import type { FormDefinition } from '@counter-hub/shared/forms/formDefinition.ts';
import { certificateNo, certificateType, mobile, personName } from './people.ts';
import { appliedOn, enterpriseName, uscc } from './sections.ts';
import { w } from './words.ts';

/** The form of an item that has none of its own: who applies for what. */
export const generalApplication = ({ no, name, nameEn }: Item): FormDefinition => ({
	formId: `item-${String(no).padStart(2, '0')}-application`,
	itemNo: no,
	name: w(`${name}申请表`, `${nameEn}: application`),
	version: 1,
	sections: [
		{ title: w('申请企业', 'Enterprise'), fields: [enterpriseName, { ...uscc, required: !isNew(name) }] },
		{
			title: w('经办人', 'Agent'),
			fields: [
				personName('agentName'),
				mobile('agentMobile'),
				certificateType('agentCertificateType'),
				certificateNo('agentCertificateNo', 'agentCertificateType'),
			],
		},
		{
			title: w('申请事项', 'Application'),
			fields: [
				{
					id: 'appliedFor',
					label: w('申请内容', 'Applied for'),
					help: w('变更的，写明变更前和变更后的内容', 'For a change: what it was and what it shall be'),
					kind: 'multiline',
					required: true,
					rules: { least: 4, most: 1000 },
					wide: true,
				},
				appliedOn,
			],
		},
	],
	declaration: ['申请人承诺：所提交的材料真实、有效，复印件与原件一致，并对其承担法律责任。'],
	signatures: ['经办人签字', '申请企业盖章'],
});

/** What is only being established has no code yet. */
const isNew = (name: string): boolean => name.endsWith('设立');
