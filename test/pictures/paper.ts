import type { BrowserContext } from 'playwright-core';

/** A sheet of A4 as a document camera sees it, with print large and small, a blank to be noticed, and a seal. */
const SHEET = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
	body { margin: 0; background: #2b2e2f; }
	.paper { width: 1500px; margin: 40px auto; padding: 130px 150px 90px; box-sizing: border-box; background: #fbfaf6; color: #1b1b1b;
		font: 34px/1.9 "Noto Serif CJK SC", serif; transform: rotate(-0.6deg); position: relative; }
	h1 { font-size: 52px; text-align: center; margin: 0; } h2 { font-size: 64px; letter-spacing: .5em; text-align: center; margin: 10px 0 70px .5em; }
	p { text-indent: 2em; margin: 0 0 14px; text-align: justify; } .blank { border-bottom: 2px solid #333; padding: 0 60px; }
	.fine { font-size: 20px; text-indent: 0; color: #333; margin-top: 60px; } .date { text-align: right; }
	.seal { position: absolute; right: 170px; bottom: 210px; width: 300px; height: 300px; border: 7px solid #c22; border-radius: 50%; color: #c22;
		display: grid; place-items: center; text-align: center; opacity: .8; transform: rotate(-8deg); font-size: 34px; line-height: 1.3; }
	.pen { color: #23386e; font-style: italic; font-size: 46px; margin-right: 90px; }
</style><div class="paper"><h1>杭州澄砚精密仪器有限公司</h1><h2>股东会决议</h2>
<p>根据《公司法》及公司章程的规定，本公司于<span class="blank"></span>年<span class="blank"></span>月<span class="blank"></span>日召开临时股东会会议。本次会议由董事会召集，董事长主持，应到股东 3 名，实到股东 3 名，代表公司 100% 的表决权。会议的召集程序、表决方式符合法律、行政法规和公司章程的规定，会议形成决议如下：</p>
<p>一、同意免去宋一帆的董事长职务，不再担任公司法定代表人。</p>
<p>二、同意选举周亦航为公司董事长；依照公司章程第二十一条，由董事长担任公司法定代表人，任期三年，自本决议通过之日起计算。</p>
<p>三、同意就上述事项修改公司章程相应条款，通过章程修正案。</p>
<p>四、委托经办人向登记机关办理法定代表人变更登记，并提交相关材料。</p>
<p>以上决议经代表 100% 表决权的股东同意，反对 0%，弃权 0%。</p>
<p>全体股东签字（盖章）：</p><p><span class="pen">宋一帆</span><span class="pen">周亦航</span><span class="pen">沈若言</span></p>
<p class="date">杭州澄砚精密仪器有限公司（盖章）</p><p class="date">2026 年 11 月 18 日</p>
<p class="fine">注：1. 本决议一式四份，公司留存一份，报登记机关一份。2. 自然人股东由本人签字，非自然人股东加盖公章。3. 涂改处须由签字人逐处签名确认。</p>
<div class="seal">杭州澄砚精密仪器<br>有限公司<br>★<br>示例</div></div>`;

/** The sheet as a PNG of 3840×2160, the size that a document camera gives. */
export async function photographPaper(context: BrowserContext): Promise<Buffer> {
	const page = await context.newPage();
	try {
		await page.setViewportSize({ width: 1920, height: 1080 });
		await page.setContent(SHEET);
		const cdp = await context.newCDPSession(page);
		const shot = await cdp.send('Page.captureScreenshot', {
			format: 'png',
			clip: { x: 0, y: 0, width: 1920, height: 1080, scale: 2 },
		});
		return Buffer.from(shot.data, 'base64');
	} finally {
		await page.close();
	}
}
