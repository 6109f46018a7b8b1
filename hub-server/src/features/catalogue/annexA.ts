import type { Item, Material } from '@counter-hub/shared/catalogue/catalogue.ts';

/**
 * The 30 items of Annex A of the counter standard with their lists of materials (2018). `?` marks a material that is
 * asked for only where it applies. Where today's law differs the row says so: item 3 is a filing now, item 8 is
 * announced by the company itself, so that a counter only guides.
 */
const ROWS: [no: number, name: string, nameEn: string, nature: Item['legalNature'], materials: string][] = [
	[
		1,
		'内资有限公司设立',
		'Domestic limited company: establishment',
		'registration',
		'申请书; 公司章程; 股东主体资格文件/身份证明; 法定代表人及董事监事高管任职文件和身份证明; 住所使用文件; 前置批准文件?',
	],
	[
		2,
		'内资有限公司经营范围变更',
		'Domestic limited company: change of business scope',
		'registration',
		'变更申请书; 章程或章程修正案; 股东会决议/股东决定; 批准文件?; 营业执照正副本',
	],
	[
		3,
		'内资有限公司经营期限变更',
		'Domestic limited company: change of term of operation',
		'filing',
		'备案申请书; 章程或章程修正案; 股东会决议/股东决定',
	],
	[
		4,
		'内资有限公司住所变更',
		'Domestic limited company: change of domicile',
		'registration',
		'变更申请书; 新住所使用文件; 章程或章程修正案; 决议/决定; 营业执照正副本',
	],
	[
		5,
		'内资有限公司法定代表人变更',
		'Domestic limited company: change of legal representative',
		'registration',
		'变更申请书(新法定代表人签署); 任免文件; 新法定代表人身份证明; 章程修正案?; 营业执照正副本',
	],
	[
		6,
		'内资有限公司股东变更',
		'Domestic limited company: change of shareholders',
		'registration',
		'变更申请书; 股权转让协议或相关文件; 新股东主体资格/身份证明; 章程或章程修正案',
	],
	[
		7,
		'内资有限公司注销',
		'Domestic limited company: deregistration',
		'registration',
		'注销申请书; 解散决议/决定; 经确认的清算报告; 清税证明; 营业执照正副本',
	],
	[8, '内资有限公司清算组备案', 'Domestic limited company: filing of liquidation group', 'announcement', ''],
	[
		9,
		'内资有限公司章程备案',
		'Domestic limited company: filing of articles of association',
		'filing',
		'备案申请书; 新章程或章程修正案; 决议/决定',
	],
	[
		10,
		'内资有限公司董事备案',
		'Domestic limited company: filing of directors',
		'filing',
		'备案申请书; 任免文件; 身份证明',
	],
	[
		11,
		'内资有限公司监事备案',
		'Domestic limited company: filing of supervisors',
		'filing',
		'备案申请书; 任免文件; 身份证明; 职工代表选举文件?',
	],
	[
		12,
		'内资有限公司分公司设立',
		'Branch of a domestic limited company: establishment',
		'registration',
		'申请书; 公司营业执照复印件; 负责人任职文件和身份证明; 经营场所使用文件; 批准文件?',
	],
	[
		13,
		'内资有限公司分公司负责人变更',
		'Branch of a domestic limited company: change of person in charge',
		'registration',
		'变更申请书(新负责人签署); 任免文件; 身份证明; 分公司营业执照',
	],
	[
		14,
		'内资有限公司分公司经营范围变更',
		'Branch of a domestic limited company: change of business scope',
		'registration',
		'变更申请书; 公司营业执照复印件; 批准文件?; 分公司营业执照',
	],
	[
		15,
		'内资有限公司分公司营业场所变更',
		'Branch of a domestic limited company: change of premises',
		'registration',
		'变更申请书; 新营业场所使用文件; 分公司营业执照',
	],
	[
		16,
		'内资有限公司分公司注销',
		'Branch of a domestic limited company: deregistration',
		'registration',
		'注销申请书; 公司注销分公司的决定; 清税证明; 分公司营业执照',
	],
	[
		17,
		'个人独资企业设立',
		'Sole proprietorship: establishment',
		'registration',
		'申请书; 投资人身份证明; 住所使用文件; 批准文件?',
	],
	[
		18,
		'个人独资企业经营范围变更',
		'Sole proprietorship: change of business scope',
		'registration',
		'变更申请书; 批准文件?; 营业执照',
	],
	[
		19,
		'个人独资企业投资人变更',
		'Sole proprietorship: change of investor',
		'registration',
		'变更申请书; 转让协议或继承文件; 新投资人身份证明; 营业执照',
	],
	[
		20,
		'个人独资企业住所变更',
		'Sole proprietorship: change of domicile',
		'registration',
		'变更申请书; 新住所使用文件; 营业执照',
	],
	[
		21,
		'个人独资企业注销',
		'Sole proprietorship: deregistration',
		'registration',
		'注销申请书; 注销决定; 清算报告; 清税证明; 营业执照',
	],
	[
		22,
		'个人独资企业分支机构设立',
		'Branch of a sole proprietorship: establishment',
		'registration',
		'申请书; 企业营业执照复印件; 负责人任职文件和身份证明; 经营场所使用文件',
	],
	[
		23,
		'个人独资企业分支机构经营场所变更',
		'Branch of a sole proprietorship: change of premises',
		'registration',
		'变更申请书; 新经营场所使用文件; 分支机构营业执照',
	],
	[
		24,
		'个人独资企业分支机构负责人变更',
		'Branch of a sole proprietorship: change of person in charge',
		'registration',
		'变更申请书(新负责人签署); 任免文件; 身份证明; 分支机构营业执照',
	],
	[
		25,
		'个人独资企业分支机构注销',
		'Branch of a sole proprietorship: deregistration',
		'registration',
		'注销申请书; 注销决定; 清税证明; 分支机构营业执照',
	],
	[
		26,
		'外商投资公司设立',
		'Foreign-invested company: establishment',
		'registration',
		'申请书; 公司章程; 投资者主体资格文件(公证认证); 任职文件和身份证明; 住所使用文件; 法律文件送达接受人文件; 批准文件?; 投资信息报告(线上)',
	],
	[
		27,
		'外商投资公司章程备案',
		'Foreign-invested company: filing of articles of association',
		'filing',
		'备案申请书; 新章程或章程修正案; 决议/决定',
	],
	[
		28,
		'外商投资公司注销',
		'Foreign-invested company: deregistration',
		'registration',
		'注销申请书; 解散决议/决定; 经确认的清算报告; 清税证明; 营业执照正副本',
	],
	[
		29,
		'工业产品生产许可证发证',
		'Production licence for industrial products: issue',
		'licence',
		'申请单; 营业执照; 保证质量安全承诺书; 产品检验报告?; 产业政策材料?',
	],
	[
		30,
		'工业产品生产许可证注销',
		'Production licence for industrial products: cancellation',
		'licence',
		'注销申请书; 生产许可证正副本; 营业执照',
	],
];
/** Asked for with every item that is filed at a counter. */
const COMMON = '委托书?; 经办人身份证明?; 实名验证';

/** Annex A as catalogue items. */
export const ANNEX_A: readonly Item[] = ROWS.map(([no, name, nameEn, legalNature, list]) => ({
	no,
	name,
	nameEn,
	mode: no === 1 ? 'online' : 'combined',
	legalNature,
	guidanceOnly: list === '',
	materials: list === '' ? [] : materialsOf(`${list}; ${COMMON}`),
	limit: limitOf(no),
}));

function materialsOf(list: string): Material[] {
	return list.split('; ').map((text, index) => ({
		no: index + 1,
		name: text.replace(/\?$/, ''),
		conditional: text.endsWith('?'),
	}));
}

/** Statutory limits: registrations on the spot, else three working days (市场主体登记管理条例 19); 29 and 30 of their own. */
function limitOf(no: number): Item['limit'] {
	if (no === 29) return { n: 60, unit: 'day', verified: true };
	if (no === 30) return { n: 20, unit: 'workingDay', verified: true };
	return { n: 3, unit: 'workingDay', verified: no !== 8 };
}
