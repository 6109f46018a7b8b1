import type { Conclusion } from '@counter-hub/shared/sessions/sessionTerms.ts';
import type { CaseScript } from './CaseScript.ts';
import type { Random } from './random.ts';

/** What happens to a case after it was opened. */
export type Story = (script: CaseScript, random: Random) => void;

const AT_THE_WINDOW = [
	'材料已收，窗口核对原件与复印件一致。',
	'营业执照副本未带，经办人去取，约 30 分钟后回窗口。',
	'章程修正案缺一处签字，已请经办人补签。',
	'股东会决议只写了落款日期，会议日期空着，待许可地确认是否重出。',
	'住所证明为租赁合同，产权证复印件已一并收取。',
	'经办人已完成实名验证，委托书期限覆盖本次办理。',
	'材料共 7 项，原件 5 件、复印件 2 件，已逐项清点。',
	'经办人询问领取方式，选择物流寄送。',
];
const AT_THE_PERMIT_SIDE = [
	'已调阅登记档案，与申请书所载一致。',
	'经营范围表述请按规范目录调整后再提交。',
	'任免文件与章程规定的产生方式一致，可以通过。',
	'请在申请书第 2 页补填联络员信息。',
	'清税证明已在系统核验，编号一致。',
	'住所材料需补充产权人同意书。',
];
const ASKS = [
	'请看股东会决议的日期是否要重出。',
	'任免文件格式与贵市要求是否一致，请指导。',
	'经营范围的表述请帮忙把关。',
	'章程修正案只附了修改页，可以吗？',
	'住所材料较特殊，请现场看一下原件。',
];
const CONCLUSIONS: Record<Conclusion, readonly string[]> = {
	pass: ['材料齐全，符合法定形式，可以受理。', '经视频核对原件，同意按现有材料移交。'],
	correction: [
		'请补产权人同意书，其余材料通过。',
		'股东会决议需重新出具，写明会议日期。',
		'补填联络员信息后即可移交。',
	],
	rejectionAdvised: [
		'申请事项不属于本市登记管辖，建议不予受理。',
		'主体资格文件缺失且无法补正，建议不予受理。',
	],
	contactLater: ['需与审批科室确认后回复，明日上午再联系。', '请经办人备齐原件后另行预约。'],
};

/** Received at the window, nothing more yet. */
export const received: Story = (script, random) => {
	script.pause(2, 6).remark(random.pick(AT_THE_WINDOW));
	if (random.next() < 0.5) script.pause(1, 5).remark(random.pick(AT_THE_WINDOW));
};

/** One call, concluded. */
export const concludedAs =
	(conclusion: Conclusion): Story =>
	(script, random) => {
		received(script, random);
		script.pause(3, 20).call(random.pick(ASKS)).answered().pause(2, 9);
		if (random.next() < 0.3) script.brokenLine('caller').pause(1, 3);
		script.concluded(conclusion, random.pick(CONCLUSIONS[conclusion]));
		if (conclusion === 'correction') script.pause(20, 90).remark('已一次性告知经办人需补正的内容。');
		if (conclusion === 'pass') script.pause(2, 10).remark('已整理装袋，待移交物流。');
	};

/** The call was hung up before anything was concluded. */
export const unconcluded: Story = (script, random) => {
	received(script, random);
	script.pause(2, 8).call(random.pick(ASKS)).answered().pause(1, 4).hungUp();
	script.pause(1, 3).remark('通话中断，稍后再次请求远程指导。');
};

/** Called, but nobody could take it. */
export const turnedAway: Story = (script, random) => {
	received(script, random);
	script.pause(2, 5).call(random.pick(ASKS)).declined('busy', '正在审查另一件，十分钟后可接。');
	script.pause(10, 14).call(random.pick(ASKS)).cancelled();
	script.pause(1, 2).remark('经办人临时离开，取消本次请求。');
};

export const abandoned: Story = (script, random) => {
	received(script, random);
	script.pause(3, 9).call(random.pick(ASKS)).answered().pause(2, 5).abandoned();
	script.pause(2, 5).remark('窗口网络故障，会话被系统结束，已报修。');
};

export const missedCall: Story = (script, random) => {
	received(script, random);
	script.pause(1, 4).call(random.pick(ASKS)).missed();
};

/** The permit side called and nobody at the window answered. */
export const missedByWindow: Story = (script, random) => {
	received(script, random);
	script.pause(2, 6).call('需要再看一眼章程修正案原件。', { by: script.approver }).missed();
};

/** A case that took several days and calls: some dozens of events a round. */
export const drawnOut =
	(rounds: number, last: Conclusion, personId: string): Story =>
	(script, random) => {
		received(script, random);
		for (let round = 1; round <= rounds; round++) {
			script.pause(5, 25).remark(random.pick(AT_THE_WINDOW));
			if (round % 3 === 1) script.pause(1, 2).unmask(personId, '核对经办人身份证件与委托书');
			script.pause(1, 4).call(random.pick(ASKS), { purpose: round === 1 ? 'guidance' : 'review' });
			if (round % 4 === 2) {
				script.missed().pause(6, 12).calledBack('看到未接来电，现在可以连线。');
			} else if (round % 4 === 3) {
				script.declined('busy', '正在通话，请稍候。').pause(6, 15).call(random.pick(ASKS)).answered();
			} else {
				script.answered();
			}
			script.pause(1, 4).remark(random.pick(AT_THE_PERMIT_SIDE), script.approver);
			script
				.pause(1, 3)
				.brokenLine(random.next() < 0.5 ? 'caller' : 'callee')
				.pause(1, 3);
			if (round % 2 === 0) script.mediaGap().pause(1, 2);
			script.remark(random.pick(AT_THE_PERMIT_SIDE), script.approver).pause(1, 3);
			const conclusion = round === rounds ? last : random.pick(['correction', 'contactLater'] as const);
			if (round % 5 === 4 && round !== rounds) script.hungUp();
			else script.concluded(conclusion, random.pick(CONCLUSIONS[conclusion]));
			script
				.pause(4, 30)
				.remark(round === rounds ? '本轮材料已按结论处理。' : '经办人回去补充材料，约好再来。');
			if (round !== rounds) script.nextVisit();
		}
	};
