import type { Item } from '@counter-hub/shared/catalogue/catalogue.ts';

const NATURES: Record<Item['legalNature'], string> = {
	licence: '行政许可',
	registration: '市场主体登记',
	filing: '备案',
	announcement: '企业自行公告',
};

export const natureOf = ({ name, legalNature }: Item): string =>
	`“${name}”属于${NATURES[legalNature]}。企业可以在本地的专窗提出，由许可地决定。`;

/** How it is done, step by step, by the item's mode in Annex A. */
export function stepsOf({ mode, guidanceOnly }: Item): readonly string[] {
	if (guidanceOnly) {
		return [
			'公司登录国家企业信用信息公示系统，自清算组成立之日起十日内，公告清算组成员和负责人名单。',
			'不会操作的，专窗现场指导；不收材料，不出具凭证。',
		];
	}
	if (mode === 'online') {
		return [
			'全流程线上：在收件地专窗的指导下，在许可地的登记系统里填报、上传、签名、提交。',
			'拿不准的材料放到高拍仪下，由许可地专窗远程看；要补正的一次说清。',
			'许可地在系统里作出决定，执照可以寄送，也可以到窗口领取。',
		];
	}
	return [
		'线上线下联动：带齐材料到收件地专窗，窗口清点、核对原件和身份。',
		'收件地连线许可地专窗，远程逐份审查；要补正的写进一份一次性告知。',
		'材料齐全后出具收件凭证，收件地在一个工作日内把材料交寄许可地。',
		'许可地收到材料后在一个工作日内转交审批部门，由其作出决定。',
	];
}

/** How long the decision takes. */
export function limitsOf({ no, legalNature, limit }: Item): readonly string[] {
	const doubt = limit.verified ? '' : '（待核标准原文）';
	if (legalNature === 'announcement') return [`企业自行公告，专窗没有办理期限${doubt}。`];
	if (no === 29)
		return [
			`自受理之日起 ${limit.n} 日内决定${doubt}；产品检验所需时间不算在内，会书面告知。`,
			'决定准予的，十日内发证。',
		];
	if (legalNature === 'licence') return [`自受理之日起 ${limit.n} 个工作日内办结${doubt}。`];
	return [
		`材料齐全、符合法定形式的当场办；不能当场办的，${limit.n} 个工作日内办结${doubt}。`,
		'情形复杂的，经登记机关负责人批准可以再延长三个工作日（条例第十九条）。',
	];
}

export const AFTERWARDS: readonly string[] = [
	'领取方式三选一：直接寄给申请人、到收件地专窗领取、到许可地窗口领取；收件时选定。',
	'凭收件凭证上的编号查询进度。',
	'营业执照换发后，记得更新税务、银行、社保等处的登记。',
];
