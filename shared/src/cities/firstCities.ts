/**
 * The nine cities of the corridor with their GB/T 2260 codes: what every register begins with. 松江 is a district, so a
 * code need not end in 00.
 */
export const FIRST_CITIES = [
	{ code: '310117', zh: '松江', en: 'Songjiang', letters: 'SJ' },
	{ code: '330400', zh: '嘉兴', en: 'Jiaxing', letters: 'JX' },
	{ code: '330100', zh: '杭州', en: 'Hangzhou', letters: 'HZ' },
	{ code: '330700', zh: '金华', en: 'Jinhua', letters: 'JH' },
	{ code: '320500', zh: '苏州', en: 'Suzhou', letters: 'SZ' },
	{ code: '330500', zh: '湖州', en: 'Huzhou', letters: 'HU' },
	{ code: '341800', zh: '宣城', en: 'Xuancheng', letters: 'XC' },
	{ code: '340200', zh: '芜湖', en: 'Wuhu', letters: 'WH' },
	{ code: '340100', zh: '合肥', en: 'Hefei', letters: 'HF' },
].map((city, index) => ({ ...city, place: index + 1, version: 1 }));
