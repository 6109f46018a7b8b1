/**
 * What is most often wrong with a paper of a kind, by words in its name: offered until a counter has reasons of its own.
 * The first kind that fits comes first; every paper has what is at the end.
 */
const KINDS: readonly { words: readonly string[]; reasons: readonly string[] }[] = [
	{
		words: ['申请书', '申请单'],
		reasons: [
			'法定代表人未签字',
			'未加盖公章',
			'填写内容与营业执照不一致',
			'填写日期为空',
			'有涂改，未签章确认',
		],
	},
	{
		words: ['决议', '决定', '任免文件', '清算报告'],
		reasons: ['召开日期未填写', '签字不全', '未加盖公章', '表决比例不符合章程规定', '决议事项与申请不一致'],
	},
	{
		words: ['章程'],
		reasons: ['未经全体股东签署', '修正条款与决议不一致', '缺页', '未加盖公章'],
	},
	{
		words: ['身份证', '资格', '身份证明'],
		reasons: ['复印件未注明与原件一致并签字', '证件已过有效期', '复印件不清晰', '缺少背面'],
	},
	{
		words: ['住所', '场所'],
		reasons: ['租赁合同期限不足', '产权证明缺少', '地址与申请书不一致', '出租方未签章'],
	},
	{
		words: ['营业执照', '许可证'],
		reasons: ['缺少副本', '缺少正本', '复印件未加盖公章', '不是最新版本'],
	},
	{
		words: ['委托书'],
		reasons: ['委托权限未写明', '委托期限已过', '委托人未签章', '经办人与到场人不一致'],
	},
	{ words: ['清税'], reasons: ['证明已过有效期', '企业名称与执照不一致'] },
	{ words: ['协议', '合同'], reasons: ['双方签章不全', '转让价款未写明', '签订日期为空'] },
];
const EVERY = ['签字不全', '未加盖公章', '日期未填写', '字迹不清', '缺页'];

export function commonReasons(materialName: string): string[] {
	const fitting = KINDS.filter(({ words }) => words.some((word) => materialName.includes(word)));
	return [...new Set([...fitting.flatMap(({ reasons }) => reasons), ...EVERY])];
}
