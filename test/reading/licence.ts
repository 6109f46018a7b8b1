import type { PicturePlace } from '@counter-hub/shared/reading/findings.ts';
import type { BrowserContext } from 'playwright-core';
import { drawCode } from './drawCode.ts';
import { photographPaper, type PaperLook } from './photographPaper.ts';

/** What a business licence 营业执照 says. Dates as printed. */
export interface LicenceData {
	readonly uscc: string;
	readonly name: string;
	readonly founded: string;
	readonly issued: string;
	/** Text of its QR code. */
	readonly qr: string;
}

export interface LicencePicture {
	readonly bytes: Buffer;
	/** Where each of its texts stands. */
	readonly places: Readonly<Record<keyof LicenceData, PicturePlace>>;
}

export const SAMPLE_LICENCE: LicenceData = {
	uscc: '91330100MA0000023P',
	name: '杭州澄砚精密仪器有限公司',
	founded: '2019年03月12日',
	issued: '2024年06月18日',
	qr: 'http://www.gsxt.gov.cn/indeximp.html?uniscid=91330100MA0000023P',
};

/** Photographs a licence, printed in Song type on A4 as the copy 副本 is. */
export async function photographLicence(
	context: BrowserContext,
	data: LicenceData = SAMPLE_LICENCE,
	look: PaperLook = {},
): Promise<LicencePicture> {
	const code = await drawCode(data.qr, 'QRCode');
	const body = `
		<style>
			.sheet { border: 3mm double #b89a5c; padding: 10mm 16mm; display: grid; align-content: start; gap: 5mm; }
			.head { display: grid; grid-template-columns: 1fr auto 1fr; align-items: start; }
			.head img { width: 24mm; justify-self: end; }
			h1 { font-size: 13mm; letter-spacing: .3em; margin: 2mm 0 0 .3em; font-weight: 700; }
			dl { display: grid; grid-template-columns: 24mm 1fr 22mm 1fr; gap: 5mm 4mm; margin: 0; font-size: 4mm; line-height: 1.6; }
			dt { color: #444; text-align-last: justify; } dd { margin: 0; }
			dd.wide { grid-column: 2 / 5; }
			.code { font-size: 3.7mm; line-height: 1.8; }
			.foot { justify-self: end; text-align: center; font-size: 4.4mm; line-height: 2.2; margin-top: 6mm; }
			.seal { position: absolute; right: 14mm; bottom: 12mm; width: 34mm; height: 34mm; border: 1mm solid #c22; border-radius: 50%; opacity: .55; }
		</style>
		<div class="head">
			<div class="code">统一社会信用代码<br><b data-place="uscc">${data.uscc}</b></div>
			<h1>营业执照</h1>
			<img data-place="qr" src="${code}" alt="">
		</div>
		<dl>
			<dt>名称</dt><dd><span data-place="name">${data.name}</span></dd>
			<dt>注册资本</dt><dd>壹仟万元整</dd>
			<dt>类型</dt><dd>有限责任公司（自然人投资或控股）</dd>
			<dt>成立日期</dt><dd><span data-place="founded">${data.founded}</span></dd>
			<dt>法定代表人</dt><dd>宋一帆</dd>
			<dt>住所</dt><dd>浙江省杭州市滨江区长河街道江南大道 588 号 3 幢 1201 室</dd>
			<dt>经营范围</dt><dd class="wide">一般项目：光学仪器制造；仪器仪表制造；技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广；
			光学仪器销售；货物进出口（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）。</dd>
		</dl>
		<div class="foot">登记机关<br><span data-place="issued">${data.issued}</span></div>
		<i class="seal"></i>`;
	const { bytes, places } = await photographPaper(context, body, look);
	const of = (name: keyof LicenceData): PicturePlace => {
		const place = places[name];
		if (!place) throw new Error(`the licence shows no ${name}`);
		return place;
	};
	return {
		bytes,
		places: {
			uscc: of('uscc'),
			name: of('name'),
			founded: of('founded'),
			issued: of('issued'),
			qr: of('qr'),
		},
	};
}
