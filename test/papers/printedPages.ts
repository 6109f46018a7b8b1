/** A paper as it is printed: A4, and every element that carries `data-read` is a block of text to be read. */
export interface PrintedPage {
	name: string;
	html: string;
}

/** Song at 10.5 pt (五号) and 9 pt (小五), as office print in China is laid out. */
const STYLE = `
	@page { size: A4 } * { box-sizing: border-box }
	body { margin: 0; width: 210mm; height: 297mm; padding: 20mm 22mm 14mm; background: #fff; color: #161616; position: relative;
		font: 10.5pt/1.62 "Noto Serif CJK SC", serif; }
	h1 { font: 700 18pt/1.4 "Noto Sans CJK SC", sans-serif; text-align: center; margin: 0 0 5mm; }
	h2 { font: 700 10.5pt/1.62 "Noto Sans CJK SC", sans-serif; margin: 2mm 0 0; }
	p { margin: 0; text-indent: 2em; text-align: justify; }
	.fine { font-size: 9pt; line-height: 1.5; text-indent: 0; } .fine.first { margin-top: 4mm; border-top: 0.3mm solid #333; padding-top: 2mm; }
	table { width: 100%; border-collapse: collapse; font-size: 9pt; line-height: 1.5; margin: 2mm 0; }
	td { border: 0.25mm solid #222; padding: 1mm 2mm; vertical-align: middle; } td.label { width: 26mm; }
	.sign { text-align: right; text-indent: 0; margin-top: 3mm; }
	.seal { position: absolute; right: 24mm; bottom: 5mm; width: 36mm; height: 36mm; border: 0.9mm solid #c8202a; border-radius: 50%;
		color: #c8202a; display: grid; place-items: center; text-align: center; opacity: .82; transform: rotate(-9deg); font-size: 9.5pt; }
`;
const sheet = (name: string, body: string): PrintedPage => ({
	name,
	html: `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>${STYLE}</style><body>${body}</body></html>`,
});
const read = (tag: string, text: string, kind = '') => `<${tag} class="${kind}" data-read>${text}</${tag}>`;
const heading = (text: string) => read('h1', text);
const section = (text: string) => read('h2', text);
const paragraph = (text: string) => read('p', text);
const fine = (first: string, ...more: string[]) =>
	read('p', first, 'fine first') + more.map((text) => read('p', text, 'fine')).join('');
const row = (...cells: string[]) =>
	`<tr>${cells.map((text, i) => read('td', text, i % 2 === 0 ? 'label' : '')).join('')}</tr>`;
const wide = (label: string, text: string) =>
	`<tr>${read('td', label, 'label')}<td colspan="3" data-read>${text}</td></tr>`;
/** Lies under the seal, so that nobody is asked to read it. */
const signed = (text: string) => `<p class="sign">${text}</p>`;
const seal = (text: string) => `<div class="seal">${text}</div>`;

const COMPANY = '杭州澄砚精密仪器有限公司';
const USCC = '91330100MA0000023P';

const resolution = sheet(
	'股东会决议',
	heading(`${COMPANY}<br>股东会决议`) +
		paragraph(
			'根据《中华人民共和国公司法》及本公司章程的规定，本公司于2026年11月16日在公司会议室召开临时股东会会议。本次会议由董事会召集，董事长宋一帆主持，会议通知已于会议召开十五日前送达全体股东。应到股东三名，实到股东三名，代表公司百分之百的表决权。会议的召集和表决程序符合法律、行政法规和公司章程的规定，会议经审议形成决议如下：',
		) +
		section('一、关于法定代表人的变更') +
		paragraph(
			'同意免去宋一帆的董事长职务，其不再担任公司法定代表人；同意选举周亦航为公司董事长，任期三年，自本决议通过之日起计算。依照公司章程第二十一条，由董事长担任公司法定代表人。原法定代表人应当在本决议通过后十日内办理印章、账册和未结合同的移交，并在移交清单上逐项签字确认。',
		) +
		section('二、关于注册资本与股权结构') +
		paragraph(
			'同意公司注册资本由人民币800万元增加至人民币1200万元，新增的400万元由股东沈若言以货币认缴，于2027年6月30日前缴足。增资完成以后，股东宋一帆出资480万元，持股40%；股东周亦航出资320万元，持股26.67%；股东沈若言出资400万元，持股33.33%。',
		) +
		section('三、关于住所与经营范围') +
		paragraph(
			'同意公司住所由杭州市滨江区江南大道迁至杭州市余杭区仓前街道文一西路，并相应变更登记机关。同意在经营范围中增加仪器仪表修理、软件开发、技术服务、技术咨询和货物进出口，删除住房租赁；具体以登记机关核准的规范表述为准。依法须经批准的项目，经相关部门批准后方可开展经营活动。',
		) +
		section('四、关于章程的修改与登记的办理') +
		paragraph(
			'同意就上述事项修改公司章程相应条款，通过章程修正案。委托经办人何清向登记机关办理变更登记并提交相关材料，代为签收登记机关出具的文书。本决议所附的章程修正案、新任董事长的任职文件和住所使用证明为本决议不可分割的部分。',
		) +
		paragraph('以上决议经代表公司百分之百表决权的股东同意通过，反对票为零，弃权票为零。') +
		fine(
			'注：1. 本决议一式四份，公司留存一份，股东各执一份，报登记机关一份，各份具有同等效力。',
			'2. 自然人股东由本人签字，非自然人股东加盖公章；由他人代签的，应当附有经过公证的授权委托书原件。',
			'3. 涂改之处须由全体签字人逐处签名确认。会议日期、届次和表决比例不得留空，复印件应当注明与原件一致。',
			'4. 有限责任公司股东会对修改章程、增加或者减少注册资本作出决议，须经代表三分之二以上表决权的股东通过。',
		) +
		signed('全体股东签字：宋一帆　周亦航　沈若言') +
		seal(`${COMPANY.slice(0, 8)}<br>★<br>${COMPANY.slice(8)}`),
);

const application = sheet(
	'变更登记申请书',
	heading('公司变更登记申请书') +
		`<table>${row('名称', COMPANY, '统一社会信用代码', USCC)}
		${wide('住所', '浙江省杭州市余杭区仓前街道文一西路1218号4幢301室至308室')}
		${row('变更事项', '法定代表人', '登记机关', '杭州市余杭区市场监督管理局')}
		${row('原登记内容', '宋一帆，董事长兼总经理', '申请变更内容', '周亦航，董事长')}
		${row('注册资本', '原为人民币800万元', '变更为', '人民币1200万元')}
		${wide('经营范围', '精密仪器、光学仪器、实验分析仪器制造和销售；仪器仪表修理；软件开发；技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广；机械设备租赁；金属材料销售；货物进出口；技术进出口。除依法须经批准的项目外，凭营业执照依法自主开展经营活动。')}
		${row('营业期限', '长期', '申请副本数', '贰份')}</table>` +
		section('一、申请人声明') +
		paragraph(
			'本公司依照《中华人民共和国公司法》《中华人民共和国市场主体登记管理条例》申请变更登记，承诺提交的材料真实、合法、有效，复印件与原件一致，并对因提交虚假材料所引发的一切后果承担法律责任。通过电子方式提交的材料，其内容与纸质材料一致，签名由本人作出，不存在冒用他人身份的情形。',
		) +
		section('二、指定代表或者委托代理人') +
		paragraph(
			'兹委托何清为本公司办理上述登记事项的经办人，其权限为：同意核对登记材料中的复印件并签署核对意见；同意修改企业自备文件的错误；同意修改有关表格的填写错误；同意领取营业执照和有关文书。委托期限自2026年11月16日起至2027年1月15日止，期满自行失效。',
		) +
		section('三、跨区域办理的约定') +
		paragraph(
			'申请人在松江区行政服务中心专窗提交材料，由收件地窗口人员核对原件、拍摄清晰影像并当场退还，杭州市许可部门在线指导并作出是否受理的决定。需要补正的，许可部门一次性告知全部内容；申请人可以在任一城市的专窗补交，不必返回住所地。结果可以自取、邮寄或者由收件地窗口代为发放。',
		) +
		`<table>${row('材料名称', '份数与要求', '材料名称', '份数与要求')}${row('章程修正案', '原件一份，法定代表人签署', '营业执照', '正本、副本，原件收回')}
		${row('股东会决议', '原件一份，全体股东签字', '任职文件', '原件一份，载明任期')}${row('住所证明', '产权证复印件，注明用途', '委托书', '原件一份，不得转委托')}</table>` +
		fine(
			'填表说明：1. 本申请书应当使用黑色或者蓝黑色钢笔、签字笔填写，字迹清楚；打印的应当使用五号以上宋体，不得涂改。',
			'2. 变更事项涉及多项的，应当在同一份申请书中一并填写；未变更的内容不必填写。公司类型变更按照设立登记的要求提交材料。',
			'3. 申请变更法定代表人的，申请书由新任法定代表人签署；公司更换法定代表人而原法定代表人不签字的，不影响登记的办理。',
		) +
		signed('新任法定代表人签字：周亦航　　经办人签字：何清') +
		seal(`${COMPANY.slice(0, 8)}<br>★<br>${COMPANY.slice(8)}`),
);

const articles = sheet(
	'公司章程',
	heading('公司章程（摘录）') +
		section('第四章　股东会') +
		paragraph(
			'第十二条　股东会由全体股东组成，是公司的权力机构，行使下列职权：选举和更换董事、监事，决定有关董事、监事的报酬事项；审议批准董事会的报告；审议批准监事的报告；审议批准公司的利润分配方案和弥补亏损方案；对公司增加或者减少注册资本作出决议；对发行公司债券作出决议；对公司合并、分立、解散、清算或者变更公司形式作出决议；修改公司章程。',
		) +
		paragraph(
			'第十三条　股东会会议由股东按照出资比例行使表决权。股东会作出决议，应当经代表过半数表决权的股东通过；作出修改章程、增加或者减少注册资本的决议，以及公司合并、分立、解散或者变更公司形式的决议，应当经代表三分之二以上表决权的股东通过。',
		) +
		paragraph(
			'第十四条　股东会的首次会议由出资最多的股东召集和主持。定期会议每年召开一次，于每一会计年度终了后四个月内举行。代表十分之一以上表决权的股东、三分之一以上的董事或者监事提议召开临时会议的，应当召开临时会议。召开股东会会议，应当于会议召开十五日前通知全体股东，全体股东另有约定的除外。',
		) +
		section('第五章　董事会、经理和法定代表人') +
		paragraph(
			'第二十条　公司设董事会，成员五人，由股东会选举产生，其中职工代表一人。董事任期三年，任期届满，连选可以连任。董事会设董事长一人，由董事会以全体董事的过半数选举产生。董事会会议应当有过半数的董事出席方可举行，董事会作出决议，应当经全体董事的过半数通过，表决实行一人一票。',
		) +
		paragraph(
			'第二十一条　公司的法定代表人由董事长担任。担任法定代表人的董事辞任的，视为同时辞去法定代表人；法定代表人辞任的，公司应当在三十日内确定新的法定代表人。法定代表人以公司名义从事的民事活动，其法律后果由公司承受；本章程对法定代表人职权的限制，不得对抗善意相对人。',
		) +
		paragraph(
			'第二十二条　公司设经理一人，由董事会决定聘任或者解聘。经理对董事会负责，主持公司的生产经营管理工作，组织实施董事会决议和年度经营计划，拟订公司内部管理机构设置方案和基本管理制度，列席董事会会议。',
		) +
		section('第六章　股权转让与财务') +
		paragraph(
			'第二十六条　股东之间可以相互转让其全部或者部分股权。股东向股东以外的人转让股权的，应当将转让的数量、价格、支付方式和期限等事项书面通知其他股东，其他股东在同等条件下有优先购买权；自接到书面通知之日起三十日内未答复的，视为放弃优先购买权。',
		) +
		paragraph(
			'第二十七条　公司在每一会计年度终了时编制财务会计报告，并依法经会计师事务所审计。分配当年税后利润时，提取利润的百分之十列入法定公积金；累计额为注册资本的百分之五十以上的，可以不再提取。弥补亏损和提取公积金后所余税后利润，按照股东实缴的出资比例分配。',
		) +
		fine(
			'修订记录：本章程经2019年3月8日股东会通过，2022年7月21日第一次修订，2026年11月16日第二次修订。',
			'本摘录与登记机关备案的章程全文一致；两者有出入的，以备案的全文为准。摘录仅供跨区域办理时核对之用，不得用于质押、担保。',
			'核对人应当在每页右下角签名并注明日期。页码、条款序号与备案文本不符的，窗口应当退回并说明理由，由申请人重新打印后提交。',
		) +
		seal(`${COMPANY.slice(0, 8)}<br>★<br>${COMPANY.slice(8)}`),
);

/** Papers of a counter, densely printed, each of its own kind. */
export const DENSE_PAGES: readonly PrintedPage[] = [resolution, application, articles];
